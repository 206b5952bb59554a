-- title: Datasets by how much they are used
-- 제목: 이용 구간별 데이터셋 수
-- definition: Published datasets by downloads (exports and original files) in the period, extended to at least 90 logged days, and those with at least 100 API user-days in it. Empty while the log covers fewer days.
-- 정의: 기간(최소 기록 90일) 중 다운로드(내보내기·원본 파일) 건수 구간별 개방 데이터셋 수와 API 이용자·일 100 이상인 데이터셋 수. 기록이 부족하면 비움.
SELECT bucket, count(dataset_id) AS datasets
FROM (VALUES (1, 'downloads 0'), (2, 'downloads 1-99'), (3, 'downloads 100-999'), (4, 'downloads >= 1000'), (5, 'API user-days >= 100')) buckets(position, bucket)
LEFT JOIN dataset_state ON CASE position WHEN 1 THEN late_downloads = 0 WHEN 2 THEN late_downloads BETWEEN 1 AND 99 WHEN 3 THEN late_downloads BETWEEN 100 AND 999
    WHEN 4 THEN late_downloads >= 1000 ELSE late_api_user_days >= 100 END
WHERE use_is_known() AND EXISTS (FROM dataset_state)
GROUP BY position, bucket
ORDER BY position

-- title: Datasets by how much they are used
-- 제목: 이용 구간별 데이터셋 수
-- definition: Published datasets by downloads (exports and original files) in the period, and those with at least 100 API user-days.
-- 정의: 기간 중 다운로드(내보내기·원본 파일) 건수 구간별 개방 데이터셋 수와 API 이용자·일 100 이상인 데이터셋 수.
SELECT bucket, count(dataset_id) AS datasets
FROM (VALUES (1, 'downloads 0'), (2, 'downloads 1-99'), (3, 'downloads 100-999'), (4, 'downloads >= 1000'), (5, 'API user-days >= 100')) buckets(position, bucket)
LEFT JOIN dataset_state ON CASE position WHEN 1 THEN downloads = 0 WHEN 2 THEN downloads BETWEEN 1 AND 99 WHEN 3 THEN downloads BETWEEN 100 AND 999
    WHEN 4 THEN downloads >= 1000 ELSE api_user_days >= 100 END
WHERE EXISTS (FROM dataset_state)
GROUP BY position, bucket
ORDER BY position

-- title: Uploads by agency
-- 제목: 기관별 업로드 처리
-- definition: Files dropped in the period by what became of them: published, rejected with a problem report, failed by a fault of the system, or still in work. Success is published over published and rejected.
-- 정의: 기간 중 올라온 파일의 처리 결과: 공개, 반려(문제 보고서 있음), 시스템 오류, 처리 중. 성공률은 공개 ÷ (공개+반려).
SELECT agency, count(*) AS uploads, count(*) FILTER (state = 'published') AS published, count(*) FILTER (state = 'rejected') AS rejected,
       count(*) FILTER (state = 'failed') AS failed, count(*) FILTER (state = 'processing') AS processing,
       round(count(*) FILTER (state = 'published') / nullif(count(*) FILTER (state IN ('published', 'rejected')), 0), 4) AS success
FROM uploads
WHERE dropped_at::DATE BETWEEN getvariable('first') AND getvariable('last')
GROUP BY agency
ORDER BY agency

-- title: Retire or review: unused and costly
-- 제목: 정비·폐기 검토: 미이용 데이터셋
-- definition: Datasets that were public on all of at least 90 logged days up to the last day, on which nobody looked at them, queried or fetched them, that have no reuse case and that nobody asks for. Ordered by what they cost: files to process, then bytes stored. Empty while the log covers fewer than 90 days.
-- 정의: 기준일까지 이용 기록이 있는 90일 이상 내내 개방되어 있었으나 조회·API 호출·다운로드와 활용 사례, 수요가 모두 없는 데이터셋. 비용(처리 파일 수, 저장 용량) 순. 기록이 90일 미만이면 비어 있음.
SELECT dataset_id, title, publisher, agency, updates, bytes, published_at::DATE AS published_on, getvariable('use_days') AS days,
       format('{}일간 이용 없음; 파일 {}건 처리, {:.1f} MB 저장', getvariable('use_days'), updates, bytes / 1e6) AS reason_ko,
       format('no use on {} days; files processed: {}; {:.1f} MB stored', getvariable('use_days'), updates, bytes / 1e6) AS reason_en
FROM dataset_state LEFT JOIN (SELECT candidate_id, dataset_id FROM candidates) USING (dataset_id) LEFT JOIN demand USING (candidate_id)
WHERE is_unused AND coalesce(demand, 0) = 0
ORDER BY updates DESC, bytes DESC, dataset_id

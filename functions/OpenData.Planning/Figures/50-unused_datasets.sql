-- title: Datasets nobody used
-- 제목: 이용되지 않은 데이터셋
-- definition: Datasets that were public on all of at least 90 logged days up to the last day, on which nobody looked at them, queried, exported or downloaded them, and that have no reuse case. Empty while the log covers fewer days.
-- 정의: 기준일까지 이용 기록이 있는 90일 이상 내내 개방되어 있었으나 조회·API 호출·내보내기·다운로드와 활용 사례가 모두 없는 데이터셋. 기록이 부족하면 비움.
SELECT dataset_id, title, publisher, published_at::DATE AS published_on, rows AS published_rows
FROM dataset_state
WHERE is_unused
ORDER BY dataset_id

-- title: Datasets nobody used
-- 제목: 이용되지 않은 데이터셋
-- definition: Published datasets whose records nobody queried, exported or downloaded in the period; looking at the description alone is not use.
-- 정의: 기간 중 레코드 조회·내보내기·다운로드가 한 건도 없었던 개방 데이터셋. 설명만 본 것은 이용으로 보지 않음.
SELECT dataset_id, title, publisher, published_at::DATE AS published_on, views, rows AS published_rows
FROM dataset_state
WHERE calls + downloads = 0
ORDER BY dataset_id

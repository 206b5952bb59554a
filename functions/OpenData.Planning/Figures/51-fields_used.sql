-- title: Fields people ask for
-- 제목: 많이 쓰인 항목
-- definition: Requests that selected or grouped by a field, and requests that filtered by it, in the period; the first 50. Requests for all fields name none.
-- 정의: 기간 중 항목을 선택·집계하거나 조건으로 쓴 요청 수(상위 50개). 전체 항목 요청은 제외.
SELECT dataset_id, field, sum(selected)::BIGINT AS selected, sum(filtered)::BIGINT AS filtered
FROM fields
WHERE day BETWEEN getvariable('first') AND getvariable('last')
GROUP BY dataset_id, field
ORDER BY sum(fields.selected + fields.filtered) DESC, dataset_id, field
LIMIT 50

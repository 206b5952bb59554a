-- title: Growth by dataset
-- 제목: 데이터셋별 증감
-- definition: Queries, exports and downloads in the period against the same days of the year before, for datasets used in either; the largest change first.
-- 정의: 데이터셋별 조회·내보내기·다운로드의 전년 같은 기간 대비 증감(변화가 큰 순).
SELECT key AS dataset_id, coalesce(sum(calls + downloads) FILTER (day >= getvariable('first')), 0)::BIGINT AS uses,
       coalesce(sum(calls + downloads) FILTER (day < getvariable('first')), 0)::BIGINT AS uses_year_before, round(uses / nullif(uses_year_before, 0) - 1, 4) AS growth
FROM usage
WHERE grain = 'dataset' AND (day BETWEEN getvariable('first') AND getvariable('last')
    OR day BETWEEN getvariable('first') - INTERVAL 1 YEAR AND least(getvariable('last') - INTERVAL 1 YEAR, getvariable('first') - INTERVAL 1 DAY))
GROUP BY key
HAVING uses + uses_year_before > 0 AND (SELECT min(day) FROM usage) < getvariable('first')
ORDER BY abs(uses - uses_year_before) DESC, dataset_id

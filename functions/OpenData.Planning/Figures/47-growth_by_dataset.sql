-- title: Growth by dataset
-- 제목: 데이터셋별 증감
-- definition: Queries, exports and downloads in the period (of a period longer than a year, its last year) against the same days of the year before, for datasets used in either; the largest change first.
-- 정의: 데이터셋별 조회·내보내기·다운로드의 전년 같은 기간 대비 증감(1년이 넘는 기간은 마지막 1년, 변화가 큰 순).
SELECT key AS dataset_id, coalesce(sum(calls + downloads) FILTER (is_compared(day)), 0)::BIGINT AS uses,
       coalesce(sum(calls + downloads) FILTER (is_year_before(day)), 0)::BIGINT AS uses_year_before, round(uses / nullif(uses_year_before, 0) - 1, 4) AS growth
FROM usage
WHERE grain = 'dataset'
GROUP BY key
HAVING uses + uses_year_before > 0 AND (SELECT min(day) FROM usage) < compared_from()
ORDER BY abs(uses - uses_year_before) DESC, dataset_id

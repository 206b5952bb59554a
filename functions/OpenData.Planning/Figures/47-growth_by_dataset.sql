-- title: Growth by dataset
-- 제목: 데이터셋별 증감
-- definition: Queries, exports and downloads against those 52 weeks before, on the days of the period that are logged on both sides (of a period longer than a year, of its last 52 weeks), for datasets used in either; the largest change first. Empty for fewer than seven such days.
-- 정의: 데이터셋별 조회·내보내기·다운로드를 52주 전과 양쪽 모두 기록이 있는 날끼리 비교(1년이 넘는 기간은 마지막 52주, 변화가 큰 순). 그런 날이 7일 미만이면 비움.
SELECT key AS dataset_id, coalesce(sum(calls + downloads) FILTER (is_after), 0)::BIGINT AS uses,
       coalesce(sum(calls + downloads) FILTER (is_before), 0)::BIGINT AS uses_year_before,
       round(uses / nullif(uses_year_before, 0) - 1, 4) AS growth, (SELECT count(*) FROM compared) AS days_compared
FROM (SELECT *, day IN (SELECT day FROM compared) AS is_after, day IN (SELECT day_before FROM compared) AS is_before FROM usage)
WHERE grain = 'dataset' AND (SELECT count(*) FROM compared) >= 7
GROUP BY key
HAVING uses + uses_year_before > 0
ORDER BY abs(uses - uses_year_before) DESC, dataset_id

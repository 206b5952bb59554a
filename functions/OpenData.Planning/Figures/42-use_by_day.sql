-- title: Use by day
-- 제목: 일별 이용
-- definition: Requests, views, API calls and downloads on each day (UTC) of the period on which anything was used. Users are distinct within the day; fewer than five are not shown, and where all such days together had fewer than five, neither are those of the quietest other day, so that the total gives none of them away.
-- 정의: 이용이 있었던 날(UTC)의 요청·조회·API 호출·다운로드 건수. 이용자는 당일 순이용자이며 5명 미만은 표시하지 않음. 그런 날의 합이 5명 미만이면 이용자가 가장 적은 다른 하루도 표시하지 않아 합계로 역산할 수 없게 함.
WITH days AS (
    SELECT *, users > 0 AND users < getvariable('least') AS small
    FROM usage
    WHERE grain = 'all' AND day BETWEEN getvariable('first') AND getvariable('last')
), ranked AS (
    SELECT *, sum(users) FILTER (small) OVER () AS hidden, row_number() OVER (PARTITION BY small, users = 0 ORDER BY users, day) AS place
    FROM days
)
SELECT day, requests, views, calls, downloads, rows, CASE WHEN NOT small AND NOT (coalesce(hidden < getvariable('least'), false) AND users > 0 AND place = 1) THEN users END AS users
FROM ranked
ORDER BY day

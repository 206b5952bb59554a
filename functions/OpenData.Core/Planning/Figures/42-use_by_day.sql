-- title: Use by day
-- 제목: 일별 이용
-- definition: Requests, views, API calls and downloads on each day (UTC) of the period on which anything was used. Users are distinct within the day; fewer than five are not shown.
-- 정의: 이용이 있었던 날(UTC)의 요청·조회·API 호출·다운로드 건수. 이용자는 당일 순이용자이며 5명 미만은 표시하지 않음.
SELECT day, requests, views, calls, downloads, rows, people(users) AS users
FROM usage
WHERE grain = 'all' AND day BETWEEN getvariable('first') AND getvariable('last')
ORDER BY day

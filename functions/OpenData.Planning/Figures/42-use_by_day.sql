-- title: Use by day
-- 제목: 일별 이용
-- definition: Requests, views, API calls and downloads on each day of the period that the log covers, and the time zone in which the day was counted. Users are distinct within the day; fewer than five are not shown.
-- 정의: 기록이 있는 날의 요청·조회·API 호출·다운로드 건수와 집계 시간대. 이용자는 당일 순이용자이며 5명 미만은 표시하지 않음.
SELECT log_days.day, zone, coalesce(requests, 0) AS requests, coalesce(views, 0) AS views, coalesce(calls, 0) AS calls, coalesce(downloads, 0) AS downloads,
       coalesce(rows, 0) AS rows, people(coalesce(users, 0)) AS users
FROM log_days LEFT JOIN usage ON grain = 'all' AND usage.day = log_days.day
WHERE log_days.day BETWEEN getvariable('first') AND getvariable('last')
ORDER BY log_days.day

-- title: Use by agency
-- 제목: 기관별 이용
-- definition: Use of each agency's datasets in the period, the most used first, with the growth of requests against the same days of the year before. User-days add up each day's distinct users; fewer than five are not shown.
-- 정의: 기관별 데이터셋 이용(이용이 많은 순)과 전년 같은 기간 대비 요청 증가율. 이용자·일은 일별 순이용자의 합이며 5명 미만은 표시하지 않음.
SELECT key AS agency, sum(requests) FILTER (now)::BIGINT AS requests, sum(views) FILTER (now)::BIGINT AS views, sum(calls) FILTER (now)::BIGINT AS calls,
       sum(downloads) FILTER (now)::BIGINT AS downloads, sum(rows) FILTER (now)::BIGINT AS rows, people(sum(users) FILTER (now))::BIGINT AS user_days,
       round(people(sum(users) FILTER (now)) / days_covered(), 2) AS mean_daily_users,
       round(sum(requests) FILTER (now) / nullif(sum(requests) FILTER (NOT now), 0) - 1, 4) AS growth
FROM (SELECT *, day >= getvariable('first') AS now FROM usage
      WHERE grain = 'agency' AND (day BETWEEN getvariable('first') AND getvariable('last')
          OR day BETWEEN getvariable('first') - INTERVAL 1 YEAR AND getvariable('last') - INTERVAL 1 YEAR))
GROUP BY key
HAVING count(*) FILTER (now) > 0
ORDER BY requests DESC, agency

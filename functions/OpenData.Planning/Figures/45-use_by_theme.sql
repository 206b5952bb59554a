-- title: Use by theme
-- 제목: 주제별 이용
-- definition: Use of the datasets of each theme in the period, with the growth of requests against the same days of the year before (of a period longer than a year, its last year). A dataset of two themes counts in both; a theme is the one that the dataset had on the day of the use. User-days add up each day's distinct users; fewer than five are not shown.
-- 정의: 주제별 데이터셋 이용과 전년 같은 기간 대비 요청 증가율(1년이 넘는 기간은 마지막 1년). 주제가 둘인 데이터셋은 양쪽에 집계하며, 주제는 이용 당일 기준. 이용자·일은 일별 순이용자의 합이며 5 미만은 표시하지 않음.
SELECT key AS theme, sum(requests) FILTER (now)::BIGINT AS requests, sum(views) FILTER (now)::BIGINT AS views, sum(calls) FILTER (now)::BIGINT AS calls,
       sum(downloads) FILTER (now)::BIGINT AS downloads, sum(rows) FILTER (now)::BIGINT AS rows, people(sum(users) FILTER (now))::BIGINT AS user_days,
       round(people(sum(users) FILTER (now)) / days_covered(), 2) AS mean_daily_users,
       round(sum(requests) FILTER (is_compared(day)) / nullif(sum(requests) FILTER (is_year_before(day)), 0) - 1, 4) AS growth
FROM (SELECT *, day BETWEEN getvariable('first') AND getvariable('last') AS now FROM usage WHERE grain = 'theme')
GROUP BY key
HAVING count(*) FILTER (now) > 0
ORDER BY requests DESC, theme

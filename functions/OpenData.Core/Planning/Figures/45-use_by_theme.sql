-- title: Use by theme
-- 제목: 주제별 이용
-- definition: Use of the datasets of each theme in the period. A dataset of two themes counts in both; a theme is the one that the dataset had on the day of the use.
-- 정의: 주제별 데이터셋 이용. 주제가 둘인 데이터셋은 양쪽에 집계하며, 주제는 이용 당일 기준.
SELECT key AS theme, sum(requests)::BIGINT AS requests, sum(views)::BIGINT AS views, sum(calls)::BIGINT AS calls, sum(downloads)::BIGINT AS downloads,
       people(sum(users))::BIGINT AS user_days, round(people(sum(users)) / days_covered(), 2) AS mean_daily_users
FROM usage
WHERE grain = 'theme' AND day BETWEEN getvariable('first') AND getvariable('last')
GROUP BY key
ORDER BY requests DESC, theme

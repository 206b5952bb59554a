-- title: Use by theme
-- 제목: 주제별 이용
-- definition: Use of the datasets of each theme in the period. A dataset of two themes counts in both; a theme is the one that the dataset had on the day of the use. Growth compares requests with those 52 weeks before, of the days that are logged on both sides (of a period longer than a year, its last 52 weeks); it is empty for fewer than seven of them. User-days add up each day's distinct users, of days with at least five.
-- 정의: 주제별 데이터셋 이용. 주제가 둘인 데이터셋은 양쪽에 집계하며, 주제는 이용 당일 기준. 증감은 52주 전과 양쪽 모두 기록이 있는 날끼리의 요청 비교(1년이 넘는 기간은 마지막 52주)이며 7일 미만이면 비워 둠. 이용자·일은 5명 이상인 날의 순이용자 합.
SELECT key AS theme, sum(requests) FILTER (now)::BIGINT AS requests, sum(views) FILTER (now)::BIGINT AS views, sum(calls) FILTER (now)::BIGINT AS calls,
       sum(downloads) FILTER (now)::BIGINT AS downloads, sum(rows) FILTER (now)::BIGINT AS rows,
       summed_people(sum(day_people(users)) FILTER (now), sum(users) FILTER (now))::BIGINT AS user_days,
       round(summed_people(sum(day_people(users)) FILTER (now), sum(users) FILTER (now)) / nullif(days_covered(), 0), 2) AS mean_daily_users,
       growth_of(coalesce(sum(requests) FILTER (is_after), 0), sum(requests) FILTER (is_before), (SELECT count(*) FROM compared)) AS growth
FROM (SELECT *, day BETWEEN getvariable('first') AND getvariable('last') AS now, day IN (SELECT day FROM compared) AS is_after,
             day IN (SELECT day_before FROM compared) AS is_before
      FROM usage WHERE grain = 'theme')
GROUP BY key
HAVING count(*) FILTER (now) > 0
ORDER BY requests DESC, theme

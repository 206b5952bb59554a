-- title: Use by quarter
-- 제목: 분기별 이용
-- definition: All quarters up to the last day, over the days that the log covers. Growth compares requests on days of the quarter with those 52 weeks before, of the days that are logged on both sides; it is empty for fewer than seven of them. User-days add up each day's distinct users, of days with at least five; mean daily users are user-days over the quarter's logged days.
-- 정의: 기준일까지의 분기별 이용(기록이 있는 날). 증감은 52주 전과 양쪽 모두 기록이 있는 날끼리의 요청 비교이며 7일 미만이면 비워 둠. 이용자·일은 5명 이상인 날의 순이용자 합, 일평균 이용자는 이를 기록 일수로 나눈 값.
WITH days AS (
    SELECT log_days.day, date_trunc('quarter', log_days.day)::DATE AS first_day, coalesce(requests, 0) AS requests, coalesce(views, 0) AS views,
           coalesce(calls, 0) AS calls, coalesce(downloads, 0) AS downloads, coalesce(users, 0) AS users
    FROM log_days LEFT JOIN usage ON grain = 'all' AND usage.day = log_days.day WHERE log_days.day <= getvariable('last')
),
changes AS (
    SELECT later.first_day, count(*) AS days, sum(later.requests) AS after, sum(earlier.requests) AS earlier
    FROM pairs JOIN days later USING (day) JOIN days earlier ON earlier.day = day_before GROUP BY later.first_day
)
SELECT year(first_day) || '-Q' || quarter(first_day) AS quarter, count(*) AS days, sum(requests)::BIGINT AS requests, sum(views)::BIGINT AS views, sum(calls)::BIGINT AS calls,
       sum(downloads)::BIGINT AS downloads, summed_people(sum(day_people(users)), sum(users))::BIGINT AS user_days,
       round(summed_people(sum(day_people(users)), sum(users)) / count(*), 2) AS mean_daily_users,
       any_value(growth_of(changes.after, changes.earlier, changes.days)) AS growth, coalesce(any_value(changes.days), 0) AS days_compared
FROM days LEFT JOIN changes USING (first_day)
GROUP BY first_day
ORDER BY first_day

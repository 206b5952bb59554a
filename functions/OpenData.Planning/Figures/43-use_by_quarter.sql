-- title: Use by quarter
-- 제목: 분기별 이용
-- definition: All quarters up to the last day, with the growth of requests against the same quarter of the year before. A quarter that is not over is compared with the whole one. User-days add up each day's distinct users; mean daily users are user-days over the quarter's days since the log began.
-- 정의: 기준일까지의 분기별 이용과 전년 동기 대비 요청 증가율. 진행 중인 분기는 전년 동기 전체와 비교. 이용자·일은 일별 순이용자의 합, 일평균 이용자는 이를 분기 중 집계된 일수로 나눈 값.
WITH quarters AS (
    SELECT date_trunc('quarter', day)::DATE AS first_day, sum(requests)::BIGINT AS requests, sum(views)::BIGINT AS views, sum(calls)::BIGINT AS calls, sum(downloads)::BIGINT AS downloads,
           sum(users)::BIGINT AS user_days
    FROM usage WHERE grain = 'all' AND day <= getvariable('last') GROUP BY first_day
),
covered AS (
    SELECT *, date_diff('day', greatest(first_day, (SELECT min(day) FROM usage)), least((first_day + INTERVAL 3 MONTH)::DATE, (getvariable('last') + INTERVAL 1 DAY)::DATE)) AS days FROM quarters
)
SELECT year(q.first_day) || '-Q' || quarter(q.first_day) AS quarter, q.requests, q.views, q.calls, q.downloads, people(q.user_days) AS user_days, round(people(q.user_days) / days, 2) AS mean_daily_users,
       round(q.requests / nullif(before.requests, 0) - 1, 4) AS growth
FROM covered q LEFT JOIN quarters before ON before.first_day = q.first_day - INTERVAL 1 YEAR
ORDER BY q.first_day

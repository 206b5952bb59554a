-- title: Use by quarter
-- 제목: 분기별 이용
-- definition: All quarters up to the last day, with the growth of requests against the same quarter of the year before. A quarter that is not over is compared with the whole one.
-- 정의: 기준일까지의 분기별 이용과 전년 동기 대비 요청 증가율. 진행 중인 분기는 전년 동기 전체와 비교.
WITH quarters AS (
    SELECT date_trunc('quarter', day) AS first_day, sum(requests)::BIGINT AS requests, sum(views)::BIGINT AS views, sum(calls)::BIGINT AS calls, sum(downloads)::BIGINT AS downloads, sum(users)::BIGINT AS user_days
    FROM usage WHERE grain = 'all' AND day <= getvariable('last') GROUP BY first_day
)
SELECT year(q.first_day) || '-Q' || quarter(q.first_day) AS quarter, q.requests, q.views, q.calls, q.downloads, people(q.user_days) AS user_days,
       round(q.requests / nullif(before.requests, 0) - 1, 4) AS growth
FROM quarters q LEFT JOIN quarters before ON before.first_day = q.first_day - INTERVAL 1 YEAR
ORDER BY q.first_day

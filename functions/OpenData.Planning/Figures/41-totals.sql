-- title: Use in total
-- 제목: 전체 이용 현황
-- definition: Answered requests by people and programs, without robots, health checks and refused requests. Rows served are rows of record queries and exports. User-days add up each day's distinct users, of days with at least five, because a user cannot be recognised on the next day; mean daily users are user-days over the days that the log covers.
-- 정의: 로봇·상태 점검·거부된 요청을 제외한 응답 건수. 제공 행 수는 레코드 조회와 내보내기의 행 수. 이용자는 하루가 지나면 식별할 수 없으므로 5명 이상인 날의 순이용자를 합산(이용자·일)하고, 일평균 이용자는 이를 기록이 있는 일수로 나눈 값.
SELECT days_covered() AS days, coalesce(sum(requests), 0)::BIGINT AS requests, coalesce(sum(views), 0)::BIGINT AS views, coalesce(sum(calls), 0)::BIGINT AS calls,
       coalesce(sum(downloads), 0)::BIGINT AS downloads, coalesce(sum(rows), 0)::BIGINT AS rows, coalesce(sum(bytes), 0)::BIGINT AS bytes,
       summed_people(coalesce(sum(day_people(users)), 0), coalesce(sum(users), 0))::BIGINT AS user_days,
       round(summed_people(coalesce(sum(day_people(users)), 0), coalesce(sum(users), 0)) / nullif(days_covered(), 0), 2) AS mean_daily_users,
       coalesce(sum(refused), 0)::BIGINT AS refused, coalesce(sum(bot_requests), 0)::BIGINT AS bot_requests
FROM usage
WHERE grain = 'all' AND day BETWEEN getvariable('first') AND getvariable('last')

-- title: Time to decide and to release
-- 제목: 결정·개방 소요 기간
-- definition: Days from opening to the first decision, and to release, of requests decided or released in the period: median and 90th percentile. Within the deadline: decided by the due date, of those decided in the period and those that are overdue on its last day. The deadline is in working days.
-- 정의: 기간 중 결정·개방된 요청의 접수부터 첫 결정, 개방까지 걸린 일수의 중앙값과 90백분위수. 기한 내: 기간 중 결정된 요청과 기간 말에 기한이 지난 요청 중 기한 안에 결정된 비율. 기한은 근무일 기준.
WITH decided AS (
    SELECT date_diff('second', opened_at, decided_at) / 86400 AS days, decided_at::DATE <= due AS in_time
    FROM requests WHERE decided_at::DATE BETWEEN getvariable('first') AND getvariable('last')
),
released AS (
    SELECT date_diff('second', opened_at, released_at) / 86400 AS days FROM requests WHERE released_at::DATE BETWEEN getvariable('first') AND getvariable('last')
)
SELECT deadline_days, (SELECT count(*) FROM decided) AS decided,
       round((SELECT count(*) FROM decided WHERE in_time) / nullif((SELECT count(*) FROM decided) + (SELECT overdue FROM figure_requests), 0), 4) AS within_deadline,
       (SELECT round(median(days), 2) FROM decided) AS decision_days_median, (SELECT round(quantile_cont(days, 0.9), 2) FROM decided) AS decision_days_p90,
       (SELECT count(*) FROM released) AS released, (SELECT round(median(days), 2) FROM released) AS release_days_median,
       (SELECT round(quantile_cont(days, 0.9), 2) FROM released) AS release_days_p90
FROM plan
WHERE EXISTS (FROM requests)

-- title: Time to decide and to release
-- 제목: 결정·개방 소요 기간
-- definition: Days from opening to the first decision, and to release, of requests decided or released in the period: median and 90th percentile. Within the deadline: decided within the plan's number of days.
-- 정의: 기간 중 결정·개방된 요청의 접수부터 첫 결정, 개방까지 걸린 일수의 중앙값과 90백분위수. 기한 내: 계획에 정한 기한 안에 결정된 비율.
WITH decided AS (
    SELECT date_diff('second', opened_at, decided_at) / 86400 AS days FROM requests WHERE decided_at::DATE BETWEEN getvariable('first') AND getvariable('last')
),
released AS (
    SELECT date_diff('second', opened_at, released_at) / 86400 AS days FROM requests WHERE released_at::DATE BETWEEN getvariable('first') AND getvariable('last')
)
SELECT deadline_days, (SELECT count(*) FROM decided) AS decided, (SELECT round(avg(CASE WHEN days <= deadline_days THEN 1.0 ELSE 0.0 END), 4) FROM decided) AS within_deadline,
       (SELECT round(median(days), 2) FROM decided) AS decision_days_median, (SELECT round(quantile_cont(days, 0.9), 2) FROM decided) AS decision_days_p90,
       (SELECT count(*) FROM released) AS released, (SELECT round(median(days), 2) FROM released) AS release_days_median, (SELECT round(quantile_cont(days, 0.9), 2) FROM released) AS release_days_p90
FROM plan
WHERE EXISTS (FROM requests)

-- title: Data requests
-- 제목: 데이터 요청 처리
-- definition: Requests opened in the period; accepted, refused and released for the first time in the period; on its last day the backlog (opened and not decided by then), how many of it are past their due date, and how many are in mediation. Hidden requests count nowhere.
-- 정의: 기간 중 접수된 요청, 기간 중 처음 수용·거부·개방된 건수, 기간 말 미결 건수와 그중 기한이 지난 건수, 조정 중인 건수. 숨긴 요청은 어디에도 집계하지 않음.
SELECT count(*) FILTER (opened_at::DATE BETWEEN getvariable('first') AND getvariable('last')) AS opened,
       count(*) FILTER (accepted_at::DATE BETWEEN getvariable('first') AND getvariable('last')) AS accepted,
       count(*) FILTER (refused_at::DATE BETWEEN getvariable('first') AND getvariable('last')) AS refused,
       count(*) FILTER (released_at::DATE BETWEEN getvariable('first') AND getvariable('last')) AS released,
       count(*) FILTER (opened_at::DATE <= getvariable('last') AND (decided_at IS NULL OR decided_at::DATE > getvariable('last'))) AS backlog,
       count(*) FILTER (due < getvariable('last') AND (decided_at IS NULL OR decided_at::DATE > getvariable('last'))) AS overdue,
       count(*) FILTER (state = 'in-mediation') AS in_mediation
FROM requests

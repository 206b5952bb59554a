-- title: Data requests
-- 제목: 데이터 요청 처리
-- definition: Requests opened in the period; accepted, refused and released for the first time in the period; and the backlog on its last day: opened by then and not decided by then.
-- 정의: 기간 중 접수된 요청, 기간 중 처음 수용·거부·개방된 건수, 기간 말 미결 건수(그때까지 접수되어 결정되지 않은 것).
SELECT count(*) FILTER (opened_at::DATE BETWEEN getvariable('first') AND getvariable('last')) AS opened,
       count(*) FILTER (accepted_at::DATE BETWEEN getvariable('first') AND getvariable('last')) AS accepted,
       count(*) FILTER (refused_at::DATE BETWEEN getvariable('first') AND getvariable('last')) AS refused,
       count(*) FILTER (released_at::DATE BETWEEN getvariable('first') AND getvariable('last')) AS released,
       count(*) FILTER (opened_at::DATE <= getvariable('last') AND (decided_at IS NULL OR decided_at::DATE > getvariable('last'))) AS backlog
FROM requests

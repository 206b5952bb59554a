-- title: Data requests by agency
-- 제목: 기관별 데이터 요청 처리
-- definition: Requests by the agency they are addressed to: opened and decided in the period, and on its last day the backlog and how many of it are overdue. The line without an agency waits for planners to address it.
-- 정의: 수신 기관별 기간 중 접수·결정 건수, 기간 말 미결 건수와 기한이 지난 건수. 기관이 없는 행은 기획 부서의 배정을 기다리는 요청.
SELECT agency, count(*) FILTER (opened_at::DATE BETWEEN getvariable('first') AND getvariable('last')) AS opened,
       count(*) FILTER (decided_at::DATE BETWEEN getvariable('first') AND getvariable('last')) AS decided,
       count(*) FILTER (opened_at::DATE <= getvariable('last') AND (decided_at IS NULL OR decided_at::DATE > getvariable('last'))) AS backlog,
       count(*) FILTER (due < getvariable('last') AND (decided_at IS NULL OR decided_at::DATE > getvariable('last'))) AS overdue
FROM requests
WHERE opened_at::DATE <= getvariable('last')
GROUP BY agency
ORDER BY overdue DESC, backlog DESC, agency

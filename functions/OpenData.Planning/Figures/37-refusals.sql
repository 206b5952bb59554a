-- title: Refusals by reason
-- 제목: 거부 사유
-- definition: Requests refused in the period, by the reason first given.
-- 정의: 기간 중 거부된 요청의 사유별 건수(최초 사유 기준).
SELECT refused_for AS refusal, count(*) AS refused
FROM requests
WHERE refused_at::DATE BETWEEN getvariable('first') AND getvariable('last')
GROUP BY refused_for
ORDER BY refused DESC, refusal

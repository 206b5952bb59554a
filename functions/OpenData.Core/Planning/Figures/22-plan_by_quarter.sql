-- title: Plan against actual, by quarter
-- 제목: 분기별 계획 대비 실적
-- definition: Items planned for each quarter, how many of them are released by the last day of the period, and how many of these within their quarter.
-- 정의: 분기별 개방 계획 항목 수, 기준일까지 개방된 항목 수, 그중 계획 분기 안에 개방된 항목 수.
SELECT planned AS quarter, count(*) AS items, count(*) FILTER (published_at::DATE <= getvariable('last')) AS released,
       count(*) FILTER (published_at::DATE <= least(due, getvariable('last'))) AS released_in_time
FROM items LEFT JOIN published USING (dataset_id)
WHERE planned IS NOT NULL
GROUP BY planned
ORDER BY planned

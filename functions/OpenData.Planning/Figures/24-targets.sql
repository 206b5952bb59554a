-- title: Yearly targets
-- 제목: 연도별 목표
-- definition: For each year that has a target or a cohort: the target, the items of its cohort, and how many of these are released by the last day.
-- 정의: 목표나 선정 항목이 있는 연도별 목표 수, 해당 연도 항목 수, 기준일까지 개방된 항목 수.
SELECT year, any_value(target) AS target, count(item_id) AS items, count(item_id) FILTER (published_at::DATE <= getvariable('last')) AS released,
       round(count(item_id) FILTER (published_at::DATE <= getvariable('last')) / nullif(any_value(target), 0), 4) AS released_share
FROM (SELECT year FROM targets UNION SELECT cohort FROM items WHERE cohort IS NOT NULL) years LEFT JOIN targets USING (year)
LEFT JOIN items ON cohort = year LEFT JOIN published USING (dataset_id)
WHERE year IS NOT NULL
GROUP BY year
ORDER BY year

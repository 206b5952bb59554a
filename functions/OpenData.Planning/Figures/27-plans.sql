-- title: This plan and the ones before
-- 제목: 이전 계획과의 비교
-- definition: Promised items of this plan and of earlier ones: how many were due by the last day, released by then, and released within their quarter.
-- 정의: 이번 계획과 이전 계획별 예정 항목 수, 기준일까지 기한이 된 항목, 개방된 항목, 분기 안에 개방된 항목.
SELECT plan_ko AS name_ko, plan_en AS name_en, plan_history.first_day, plan_history.last_day, count(*) AS items, count(*) FILTER (due <= getvariable('last')) AS due,
       count(*) FILTER (due <= getvariable('last') AND published_at::DATE <= getvariable('last')) AS due_and_released,
       count(*) FILTER (published_at::DATE <= least(due, getvariable('last'))) AS released_in_time,
       round(count(*) FILTER (due <= getvariable('last') AND published_at::DATE <= getvariable('last')) / nullif(count(*) FILTER (due <= getvariable('last')), 0), 4) AS released_share
FROM plan_history LEFT JOIN published USING (dataset_id)
GROUP BY plan_ko, plan_en, plan_history.first_day, plan_history.last_day
ORDER BY plan_history.first_day

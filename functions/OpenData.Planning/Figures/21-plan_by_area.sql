-- title: Plan against actual, by core area
-- 제목: 분야별 계획 대비 실적
-- definition: Items of the plan by core area: due by the last day of the period, released by then, and released of all that are due. Uses are queries, exports and downloads in the first year after release.
-- 정의: 국가중점데이터 분야별 계획 항목: 기준일까지 개방 예정, 개방 완료, 이행률. 이용은 개방 후 1년간의 조회·내보내기·다운로드 건수.
SELECT area_ko, area_en, count(*) AS items, count(*) FILTER (due <= getvariable('last')) AS due,
       count(*) FILTER (published_at::DATE <= getvariable('last')) AS released,
       count(*) FILTER (due <= getvariable('last') AND published_at::DATE <= getvariable('last')) AS due_and_released,
       round(count(*) FILTER (due <= getvariable('last') AND published_at::DATE <= getvariable('last')) / nullif(count(*) FILTER (due <= getvariable('last')), 0), 4) AS released_share,
       coalesce(sum(uses), 0)::BIGINT AS first_year_uses
FROM items LEFT JOIN published USING (dataset_id) LEFT JOIN first_year USING (dataset_id)
WHERE planned IS NOT NULL
GROUP BY area_id, area_ko, area_en
ORDER BY area_id

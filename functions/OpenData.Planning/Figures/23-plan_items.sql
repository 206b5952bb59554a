-- title: The plan's items, one by one
-- 제목: 계획 항목별 현황
-- definition: Each item of the plan with its quarter and what became of it: released, late (its quarter is over), due in this quarter, or to come. First-year uses are queries, exports and downloads in the 365 days from its release.
-- 정의: 계획 항목별 예정 분기와 상태: 개방(released), 지연(late), 이번 분기 예정(due now), 예정(to come). 첫해 이용은 개방일부터 365일간의 조회·내보내기·다운로드 건수.
SELECT area_ko, area_en, item_ko AS name_ko, item_en AS name_en, items.agency, planned, dataset_id, published_at::DATE AS released_on,
       CASE WHEN published_at::DATE <= getvariable('last') THEN 'released' WHEN due < getvariable('last') THEN 'late'
            WHEN due < getvariable('last') + INTERVAL 92 DAY AND quarter(due) = quarter(getvariable('last')) THEN 'due now' ELSE 'to come' END AS state,
       uses AS first_year_uses
FROM items LEFT JOIN published USING (dataset_id) LEFT JOIN first_year USING (dataset_id)
WHERE planned IS NOT NULL
ORDER BY planned, area_id, item_id

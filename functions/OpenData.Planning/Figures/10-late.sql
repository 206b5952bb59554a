-- title: Late: promised by this plan and not released
-- 제목: 지연: 계획에 있으나 기한이 지난 항목
-- definition: Items of the plan whose quarter is over on the last day and that are not released, by the agency that is to release them, the longest overdue first.
-- 정의: 기준일 현재 예정 분기가 지났으나 개방되지 않은 계획 항목과 담당 기관(오래 지연된 순).
SELECT item_id AS candidate_id, item_ko AS name_ko, item_en AS name_en, items.agency, items.planned, date_diff('day', due, getvariable('last')) AS days_late,
       round(coalesce(demand, 0), 4) AS demand,
       concat_ws(', ', format('{} 책임, {}일 지연', items.agency, date_diff('day', due, getvariable('last'))), reason_ko) AS reason_ko,
       concat_ws(', ', format('due from {}, {} days late', items.agency, date_diff('day', due, getvariable('last'))), reason_en) AS reason_en
FROM items JOIN candidates ON candidate_id = item_id LEFT JOIN demand USING (candidate_id) LEFT JOIN reasons USING (candidate_id)
WHERE due < getvariable('last') AND NOT is_published
ORDER BY days_late DESC, item_id

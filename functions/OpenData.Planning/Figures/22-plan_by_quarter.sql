-- title: Plan against actual, by quarter
-- 제목: 분기별 계획 대비 실적
-- definition: Items planned for each quarter, how many of them are released by the last day of the period, how many of these within their quarter, and their uses (queries, exports and downloads) in the first year after release.
-- 정의: 분기별 개방 계획 항목 수, 기준일까지 개방된 항목 수, 그중 계획 분기 안에 개방된 항목 수, 개방 후 1년간의 이용(조회·내보내기·다운로드) 건수.
SELECT planned AS quarter, count(*) AS items, count(*) FILTER (published_at::DATE <= getvariable('last')) AS released,
       count(*) FILTER (published_at::DATE <= least(due, getvariable('last'))) AS released_in_time, coalesce(sum(uses), 0)::BIGINT AS first_year_uses
FROM items LEFT JOIN published USING (dataset_id) LEFT JOIN first_year USING (dataset_id)
WHERE planned IS NOT NULL
GROUP BY planned
ORDER BY planned

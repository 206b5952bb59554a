-- title: Packages and how complete they are
-- 제목: 묶음별 완성도
-- definition: Packages of items that serve one purpose together: their items, those released by the last day, and the share.
-- 정의: 함께 쓰이는 항목 묶음별 항목 수와 기준일까지 개방된 항목 수, 완성도.
SELECT package_ko AS name_ko, package_en AS name_en, count(*) AS items, count(*) FILTER (published_at::DATE <= getvariable('last')) AS released,
       round(count(*) FILTER (published_at::DATE <= getvariable('last')) / count(*), 4) AS complete_share
FROM packages JOIN items USING (item_id) LEFT JOIN published USING (dataset_id)
GROUP BY package_id, package_ko, package_en
ORDER BY package_id

-- Why a candidate stands where it stands, in one line: its supporters and the share of the group that wants it most, searcher-days in vain, the council's means of 10.
CREATE OR REPLACE TABLE reasons AS
SELECT candidate_id,
       concat_ws(', ',
           CASE WHEN supporters > 0 THEN format('지지 {:,}명({} {:.0f}%)', supporters, group_ko, 100 * strongest_share) WHEN c.demand > 0 THEN '소수의 지지' ELSE '표명된 수요 없음' END,
           CASE WHEN unmet_searcher_days > 0 THEN format('결과 없는 검색자·일 {:,}', unmet_searcher_days) END,
           CASE WHEN members IS NOT NULL THEN format('위원회 가치 {:.1f}·시급성 {:.1f}·위험 {:.1f}·준비도 {:.1f}', 10 * c.value, 10 * c.urgency, 10 * c.risk, 10 * c.readiness) ELSE '위원회 미평가' END) AS reason_ko,
       concat_ws(', ',
           CASE WHEN supporters > 0 THEN format('{:,} supporters ({} {:.0f} %)', supporters, group_en, 100 * strongest_share) WHEN c.demand > 0 THEN 'few supporters' ELSE 'no demand expressed' END,
           CASE WHEN unmet_searcher_days > 0 THEN format('{:,} searcher-days in vain', unmet_searcher_days) END,
           CASE WHEN members IS NOT NULL THEN format('council: value {:.1f}, urgency {:.1f}, risk {:.1f}, readiness {:.1f}', 10 * c.value, 10 * c.urgency, 10 * c.risk, 10 * c.readiness) ELSE 'not scored by the council' END) AS reason_en
FROM components c LEFT JOIN demand USING (candidate_id) LEFT JOIN unmet USING (candidate_id) LEFT JOIN scores USING (candidate_id)
LEFT JOIN groups ON group_id = strongest_group;

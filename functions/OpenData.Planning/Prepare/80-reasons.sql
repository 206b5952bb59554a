-- Why a candidate stands where it stands, in one line: its supporters as a bracket and the share of the group that wants it most, searcher-days in
-- vain, the council's means of 10, and the voices that do not weigh.
CREATE OR REPLACE MACRO bracket(low, high) AS CASE WHEN low = high THEN format('{:,}', low) ELSE format('{:,}–{:,}', low, high) END;

CREATE OR REPLACE TABLE reasons AS
SELECT c.candidate_id,
       concat_ws(', ',
           CASE WHEN supporters_most > 0 THEN format('지지 {}명({} {:.0f}%)', bracket(supporters_least, supporters_most), group_ko, 100 * strongest_share)
                ELSE '조사된 수요 없음' END,
           CASE WHEN unmet_searcher_days > 0 THEN format('결과 없는 검색자·일 {:,}', unmet_searcher_days) END,
           CASE WHEN members IS NOT NULL THEN format('위원회 가치 {:.1f}·시급성 {:.1f}·위험 {:.1f}·준비도 {:.1f}', 10 * s.value, 10 * s.urgency, 10 * s.risk, 10 * s.readiness)
                ELSE '위원회 미평가' END,
           CASE decision WHEN 'selected' THEN format('{} 선정({})', decided_on::VARCHAR, decided_by) WHEN 'deferred' THEN format('{} 보류({})', decided_on::VARCHAR, decided_by) END,
           CASE WHEN unweighed_most > 0 THEN format('미반영 의견 {}건(가중치 0)', bracket(unweighed_least, unweighed_most)) END) AS reason_ko,
       concat_ws(', ',
           CASE WHEN supporters_most > 0 THEN format('{} supporters ({} {:.0f} %)', bracket(supporters_least, supporters_most), group_en, 100 * strongest_share)
                ELSE 'no surveyed demand' END,
           CASE WHEN unmet_searcher_days > 0 THEN format('{:,} searcher-days in vain', unmet_searcher_days) END,
           CASE WHEN members IS NOT NULL THEN format('council: value {:.1f}, urgency {:.1f}, risk {:.1f}, readiness {:.1f}', 10 * s.value, 10 * s.urgency, 10 * s.risk, 10 * s.readiness)
                ELSE 'not scored by the council' END,
           CASE decision WHEN 'selected' THEN format('selected on {} by {}', decided_on::VARCHAR, decided_by) WHEN 'deferred' THEN format('deferred on {} by {}', decided_on::VARCHAR, decided_by) END,
           CASE WHEN unweighed_most > 0 THEN format('{} unverified voices (weight 0)', bracket(unweighed_least, unweighed_most)) END) AS reason_en
FROM candidates c LEFT JOIN demand USING (candidate_id) LEFT JOIN unmet USING (candidate_id) LEFT JOIN scores s USING (candidate_id)
LEFT JOIN groups ON group_id = strongest_group;

-- title: New: candidates for the next plan
-- 제목: 신규: 다음 계획 후보
-- definition: Candidates that are not published, not promised by the plan, not accepted or refused by an agency and not refused by the council, by priority P = (w1 demand + w2 unmet search + w3 council value + w4 urgency) x (1 - risk) x readiness, from the plan's threshold up. A candidate that the council has not scored has value and urgency 0 and the least (1 - risk) x readiness of any that was scored.
-- 정의: 개방되지 않았고 계획에 없으며 기관이 수용·거부하지 않았고 위원회가 제외하지 않은 후보를 우선순위 P = (w1 수요 + w2 미충족 검색 + w3 위원회 가치 + w4 시급성) × (1 − 위험) × 준비도 순으로, 계획에 정한 기준값 이상만. 미평가 후보는 가치·시급성 0, (1 − 위험) × 준비도는 평가된 후보의 최솟값.
SELECT rank, candidate_id, name_ko, name_en, agency, decision, round(priority, 4) AS priority, reason_ko, reason_en
FROM priorities JOIN candidates USING (candidate_id, standing) JOIN reasons USING (candidate_id)
WHERE standing = 'new' AND priority >= (SELECT threshold FROM plan)
ORDER BY rank, candidate_id

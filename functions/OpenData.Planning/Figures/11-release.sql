-- title: Release: wanted and not published
-- 제목: 개방 제안: 수요가 있으나 미개방
-- definition: Candidates that are not published, by priority P = (w1 demand + w2 unmet search + w3 council value + w4 urgency) x (1 - risk) x readiness, weights from the plan; the first 20.
-- 정의: 아직 개방되지 않은 후보를 우선순위 P = (w1 수요 + w2 미충족 검색 + w3 전략위원회 가치 + w4 시급성) × (1 − 위험) × 준비도 순으로 20건. 가중치는 계획 파일에서 정함.
SELECT rank, candidate_id, name_ko, name_en, agency, planned, round(priority, 4) AS priority, reason_ko, reason_en
FROM priorities JOIN candidates USING (candidate_id) JOIN reasons USING (candidate_id)
WHERE NOT priorities.is_published AND rank <= 20
ORDER BY rank, candidate_id

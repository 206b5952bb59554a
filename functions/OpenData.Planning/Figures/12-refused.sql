-- title: Wanted but refused
-- 제목: 수요가 있으나 거부된 데이터
-- definition: Candidates with surveyed demand, searches in vain or requests that an agency or the council refused, with the reason; the most wanted first.
-- 정의: 조사된 수요, 결과 없는 검색 또는 요청이 있으나 기관이나 위원회가 거부한 후보와 그 사유(수요가 큰 순).
SELECT candidate_id, name_ko, name_en, agency, refused_for AS refusal, round(coalesce(demand, 0), 4) AS demand, candidates.requests AS data_requests,
       concat_ws(', ', decision_reason, reason_ko) AS reason_ko, concat_ws(', ', decision_reason, reason_en) AS reason_en
FROM candidates LEFT JOIN demand USING (candidate_id) LEFT JOIN reasons USING (candidate_id)
WHERE standing = 'refused'
ORDER BY demand DESC, candidate_id

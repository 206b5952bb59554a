-- title: Feedback on datasets
-- 제목: 데이터셋 의견
-- definition: Ratings, problems reported and reuse cases of each dataset that has any, up to the last day, by people: those who signed in, and the most unverified ones of any one day, because a pseudonym does not outlive its day. A rating is shown for at least five. Counts of fewer than five people are not shown.
-- 정의: 의견이 있는 데이터셋의 평점, 문제 신고, 활용 사례를 사람 수로 집계: 본인 확인 참여자와 하루 최대 미확인 참여자(가명 식별자는 하루만 유효). 평점은 5명 이상일 때만, 5명 미만 인원은 표시하지 않음.
SELECT dataset_id, title, people(raters) AS raters, people(verified_raters) AS verified_raters, round(rating, 2) AS rating,
       people(problems_reported) AS problems_reported, people(reuse_cases) AS reuse_cases
FROM dataset_state
WHERE raters + problems_reported + reuse_cases > 0
ORDER BY raters + problems_reported + reuse_cases DESC, dataset_id

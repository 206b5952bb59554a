-- title: Feedback on datasets
-- 제목: 데이터셋 의견
-- definition: Ratings (the mean of at least five), problems reported and reuse cases of each dataset that has any, up to the last day. Counts of fewer than five people are not shown.
-- 정의: 의견이 있는 데이터셋의 평점(5명 이상일 때 평균), 문제 신고, 활용 사례 수. 5명 미만은 표시하지 않음.
SELECT dataset_id, title, people(raters) AS raters, round(rating, 2) AS rating, people(problems_reported) AS problems_reported, people(reuse_cases) AS reuse_cases
FROM dataset_state
WHERE raters + problems_reported + reuse_cases > 0
ORDER BY raters + problems_reported + reuse_cases DESC, dataset_id

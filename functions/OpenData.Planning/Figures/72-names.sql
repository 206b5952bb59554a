-- title: Names that meet nothing
-- 제목: 대응되지 않은 이름
-- definition: Names in the planners' files that are no item of the plan, dataset or request, with what is spelled alike. What they mean can be said in names.csv. Names of which fewer than five people used the candidate are left out.
-- 정의: 계획 자료에 있으나 계획 항목·데이터셋·요청 어느 것에도 대응되지 않는 이름과 비슷한 이름. names.csv에 뜻을 적어 확정할 수 있음. 5명 미만이 쓴 이름은 제외.
SELECT word AS written, near AS spelled_alike, file AS path
FROM names SEMI JOIN candidates USING (candidate_id)
WHERE how = 'none'
ORDER BY word

-- title: Demand in each group
-- 제목: 집단별 수요
-- definition: Supporters and respondents of each group, the share, and the candidate's rank within the group. Counts of fewer than five people are not shown.
-- 정의: 집단별 지지자 수와 응답자 수, 지지율, 집단 내 순위. 5명 미만은 표시하지 않음.
SELECT candidate_id, name_ko, name_en, group_ko, group_en, weight, people(supporters) AS supporters, respondents, round(share, 4) AS share, rank_in_group
FROM group_demand JOIN candidates USING (candidate_id) JOIN groups USING (group_id, weight)
ORDER BY candidate_id, position

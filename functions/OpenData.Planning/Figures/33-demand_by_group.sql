-- title: Demand in each group
-- 제목: 집단별 수요
-- definition: Supporters, at least and at most, and respondents of each group, of the sources that weigh in demand, the share, and the candidate's rank within the group. A cell of 1 to 4 people is shown as that bracket.
-- 정의: 수요에 반영되는 출처의 집단별 지지자 수(최소·최대)와 응답자 수, 지지율, 집단 내 순위. 1~4명 칸은 구간으로 표시.
SELECT candidate_id, name_ko, name_en, group_ko, group_en, d.weight, supporters_least, supporters_most, respondents, round(share, 4) AS share, rank_in_group
FROM group_demand d JOIN candidates USING (candidate_id) JOIN groups USING (group_id)
ORDER BY candidate_id, position

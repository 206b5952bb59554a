-- title: Demand with representation
-- 제목: 집단 대표성을 반영한 수요
-- definition: D = sum over groups of weight x share of the group's people who support the candidate. Supporters are those that weigh in D, at least and at most: a cell of 1 to 4 people is hidden and counts as the candidate's share over all groups would have it, within 1 to 4. Votes are ranked by the least, then by the most. Voices beside have the weight 0. Groups of fewer than five people do not count. Best and worst rank in a group and the spread between the highest and the lowest share show whom plain votes would hide.
-- 정의: D = Σ 집단 가중치 × 집단 내 지지 비율. 지지자는 D에 반영된 최소·최대 인원이며, 1~4명 칸은 숨기고 전체 집단의 지지 비율로 추정(1~4명 범위). 득표 순위는 최소, 최대 순. 미반영 의견은 가중치 0. 5명 미만 집단은 제외. 집단별 최고·최저 순위와 지지율 격차는 단순 득표가 가리는 집단을 보여 줌.
SELECT rank() OVER (ORDER BY round(demand, 4) DESC) AS rank, candidate_id, name_ko, name_en, round(demand, 4) AS demand, round(demand_least, 4) AS demand_least,
       round(demand_most, 4) AS demand_most, supporters_least, supporters_most, rank() OVER (ORDER BY supporters_least DESC, supporters_most DESC) AS rank_by_votes,
       unweighed_least, unweighed_most, groups_for, best_rank, worst_rank, round(strongest_share - weakest_share, 4) AS spread
FROM demand JOIN candidates USING (candidate_id)
ORDER BY demand.demand DESC, candidate_id

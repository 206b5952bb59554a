-- title: Demand with representation
-- 제목: 집단 대표성을 반영한 수요
-- definition: D = sum over groups of weight x supporters / respondents of the group. Supporters are the raw count; cells of fewer than five are not in it, and enter D as 2.5. Groups of fewer than five respondents do not count. Best and worst rank in a group and the spread between the highest and the lowest share show whom plain votes would hide.
-- 정의: D = Σ 집단 가중치 × (집단 내 지지자 ÷ 집단 응답자). 지지자는 원시 수이며 5명 미만 칸은 제외되고 D에는 2.5로 반영. 응답자 5명 미만 집단은 제외. 집단별 최고·최저 순위와 지지율 격차는 단순 득표가 가리는 집단을 보여 줌.
SELECT rank() OVER (ORDER BY round(demand, 4) DESC) AS rank, candidate_id, name_ko, name_en, round(demand, 4) AS demand, coalesce(supporters, 0) AS supporters,
       rank() OVER (ORDER BY coalesce(supporters, 0) DESC) AS rank_by_votes, groups_for, best_rank, worst_rank, round(strongest_share - weakest_share, 4) AS spread
FROM demand JOIN candidates USING (candidate_id)
ORDER BY demand.demand DESC, candidate_id

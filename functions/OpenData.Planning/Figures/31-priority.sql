-- title: Priority of every candidate
-- 제목: 후보별 우선순위
-- definition: All candidates with the parts of their priority, each 0 to 1, and their standing: new, promised, accepted, refused or published. Ranks are among candidates of the same standing. Best and worst rank, and the share of cases among the first ten, come from moving each weight by 20 % up and down. Risk and readiness are shown where at least five members scored; the factor is what their product comes to.
-- 정의: 모든 후보의 우선순위와 구성 요소(각 0~1), 상태(신규, 계획 반영, 수용, 거부, 개방). 순위는 같은 상태의 후보끼리. 최고·최저 순위와 상위 10위 비율은 각 가중치를 ±20% 조정했을 때의 결과. 위험과 준비도는 위원 5명 이상이 평가한 경우에만 표시하며 계수는 그 곱.
SELECT p.standing, rank, candidate_id, name_ko, name_en, agency, round(priority, 4) AS priority, round(c.demand, 4) AS demand, round(unmet, 4) AS unmet_search,
       round(c.value, 4) AS council_value, round(c.urgency, 4) AS urgency, round(c.risk, 4) AS risk, round(c.readiness, 4) AS readiness, round(factor, 4) AS factor,
       rank_best, rank_worst, round(top10_share, 4) AS top10_share, decision, decided_on, decided_by, reason_ko, reason_en
FROM priorities p JOIN candidates USING (candidate_id) JOIN components c USING (candidate_id) JOIN reasons USING (candidate_id)
ORDER BY CASE p.standing WHEN 'new' THEN 1 WHEN 'promised' THEN 2 WHEN 'accepted' THEN 3 WHEN 'refused' THEN 4 ELSE 5 END, rank, candidate_id

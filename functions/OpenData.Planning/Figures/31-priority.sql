-- title: Priority of every candidate
-- 제목: 후보별 우선순위
-- definition: All candidates with the parts of their priority, each 0 to 1. Best and worst rank, and the share of cases among the first ten, come from moving each weight by 20 % up and down. Published candidates have a priority and a rank among the published. Council scores count where at least five members scored.
-- 정의: 모든 후보의 우선순위와 구성 요소(각 0~1). 최고·최저 순위와 상위 10위 비율은 각 가중치를 ±20% 조정했을 때의 결과. 개방된 후보의 순위는 개방된 후보끼리의 순위. 전략위원회 점수는 위원 5명 이상이 평가한 경우에만 반영.
SELECT p.is_published, rank, candidate_id, name_ko, name_en, agency, round(priority, 4) AS priority, round(c.demand, 4) AS demand, round(unmet, 4) AS unmet_search,
       round(c.value, 4) AS council_value, round(c.urgency, 4) AS urgency, round(c.risk, 4) AS risk, round(c.readiness, 4) AS readiness,
       rank_best, rank_worst, round(top10_share, 4) AS top10_share, reason_ko, reason_en
FROM priorities p JOIN candidates USING (candidate_id) JOIN components c USING (candidate_id) JOIN reasons USING (candidate_id)
ORDER BY p.is_published, rank, candidate_id

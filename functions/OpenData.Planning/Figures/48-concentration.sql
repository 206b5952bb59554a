-- title: Concentration of use
-- 제목: 이용 집중도
-- definition: Over all published datasets, by queries, exports and downloads in the period: the Gini coefficient (0 all alike, near 1 one dataset has all) and the share of uses that the most used tenth of the datasets has. Unused, and the share that they are, are of the datasets that were public on all of at least 90 logged days; empty while the log covers fewer.
-- 정의: 개방 데이터셋 전체의 조회·내보내기·다운로드 기준 지니계수(0 균등, 1에 가까울수록 집중)와 상위 10% 데이터셋의 이용 비중. 미이용 수와 비율은 기록이 있는 90일 이상 내내 개방된 데이터셋 기준이며 기록이 부족하면 비움.
WITH ranked AS (
    SELECT *, calls + downloads AS uses, row_number() OVER (ORDER BY calls + downloads, dataset_id) AS i, count(*) OVER () AS n FROM dataset_state
)
SELECT any_value(n) AS datasets, sum(uses)::BIGINT AS uses,
       round(sum((2 * i - n - 1) * uses) / nullif(any_value(n) * sum(uses), 0), 4) AS gini,
       round(sum(uses) FILTER (i > n - ceil(n * 0.1)) / nullif(sum(uses), 0), 4) AS top_tenth_share,
       CASE WHEN use_is_known() THEN count(*) FILTER (is_unused) END AS unused, round(count(*) FILTER (is_unused) / nullif(count(*) FILTER (is_judged), 0), 4) AS unused_share
FROM ranked
HAVING count(*) > 0

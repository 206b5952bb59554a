-- P = (w1 demand + w2 unmet search + w3 council value + w4 urgency) x (1 - risk) x readiness, the weights from the plan.
--
-- demand: D as it is, 0 to 1.  unmet search: the candidate's searcher-days in vain, as a share of the most of any candidate.
-- council value, urgency, risk, readiness: means of the council's scores, over 10; only where at least five members scored.
-- A candidate that the council has not scored has value 0, urgency 0, risk 0 and readiness 1, and its line says so.
CREATE OR REPLACE TABLE scores AS
SELECT candidate_of(candidate) AS candidate_id, count(DISTINCT member) AS members,
       avg(value) / 10 AS value, avg(urgency) / 10 AS urgency, avg(risk) / 10 AS risk, avg(readiness) / 10 AS readiness
FROM council
GROUP BY ALL
HAVING members >= getvariable('least');

CREATE OR REPLACE TABLE components AS
SELECT candidate_id, is_published, coalesce(demand, 0) AS demand,
       coalesce(unmet_searcher_days / max(unmet_searcher_days) OVER (), 0) AS unmet,
       coalesce(value, 0) AS value, coalesce(urgency, 0) AS urgency, coalesce(risk, 0) AS risk, coalesce(readiness, 1) AS readiness
FROM candidates LEFT JOIN demand USING (candidate_id) LEFT JOIN unmet USING (candidate_id) LEFT JOIN scores USING (candidate_id);

-- The base weights, and each weight moved by 20 % up and down with the others scaled so that all add up to 1.
CREATE OR REPLACE TABLE scenarios AS
WITH moves AS (
    SELECT 'base' AS scenario, 1.0 AS a, 1.0 AS b, 1.0 AS c, 1.0 AS d
    UNION ALL SELECT 'demand ' || m, m, 1, 1, 1 FROM (VALUES (0.8), (1.2)) t(m)
    UNION ALL SELECT 'unmet ' || m, 1, m, 1, 1 FROM (VALUES (0.8), (1.2)) t(m)
    UNION ALL SELECT 'council ' || m, 1, 1, m, 1 FROM (VALUES (0.8), (1.2)) t(m)
    UNION ALL SELECT 'urgency ' || m, 1, 1, 1, m FROM (VALUES (0.8), (1.2)) t(m)
),
weights AS (
    SELECT scenario, w_demand, w_unmet, w_council, w_urgency, a, b, c, d,
           greatest(1e-9, w_demand + w_unmet + w_council + w_urgency - CASE WHEN a <> 1 THEN w_demand WHEN b <> 1 THEN w_unmet WHEN c <> 1 THEN w_council WHEN d <> 1 THEN w_urgency ELSE 0 END) AS others,
           1 - CASE WHEN a <> 1 THEN a * w_demand WHEN b <> 1 THEN b * w_unmet WHEN c <> 1 THEN c * w_council WHEN d <> 1 THEN d * w_urgency ELSE 0 END AS left_over
    FROM moves CROSS JOIN plan
)
SELECT scenario,
       CASE WHEN a <> 1 THEN a * w_demand ELSE w_demand * left_over / others END AS demand,
       CASE WHEN b <> 1 THEN b * w_unmet ELSE w_unmet * left_over / others END AS unmet,
       CASE WHEN c <> 1 THEN c * w_council ELSE w_council * left_over / others END AS council,
       CASE WHEN d <> 1 THEN d * w_urgency ELSE w_urgency * left_over / others END AS urgency
FROM weights;

-- Only what is not published competes; what is published has a priority, but no rank.
CREATE OR REPLACE TABLE ranks AS
WITH scored AS (
    SELECT scenario, candidate_id, is_published,
           round((s.demand * c.demand + s.unmet * c.unmet + s.council * c.value + s.urgency * c.urgency) * (1 - risk) * readiness, 6) AS priority
    FROM scenarios s CROSS JOIN components c
)
SELECT *, rank() OVER (PARTITION BY scenario, is_published ORDER BY priority DESC) AS rank FROM scored WHERE priority > 0;

CREATE OR REPLACE TABLE priorities AS
SELECT candidate_id, is_published,
       any_value(priority) FILTER (scenario = 'base') AS priority, any_value(rank) FILTER (scenario = 'base') AS rank,
       min(rank) AS rank_best, max(rank) AS rank_worst, avg(CASE WHEN rank <= 10 THEN 1.0 ELSE 0.0 END) AS top10_share
FROM ranks
GROUP BY candidate_id, is_published;

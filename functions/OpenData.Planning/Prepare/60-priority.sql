-- P = (w1 demand + w2 unmet search + w3 council value + w4 urgency) x (1 - risk) x readiness, the weights from the plan.
--
-- demand: D as it is, 0 to 1.  unmet search: the candidate's searcher-days in vain, as a share of the most of any candidate.
-- council value, urgency, risk, readiness: means of the members' last scores, over 10; only where at least five members scored.
-- A candidate that the council has not scored has value 0 and urgency 0, and of (1 - risk) x readiness the least above 0 that a scored
-- candidate has: it is never better not to be scored. Where nothing was scored, the factor is 1 for all.
CREATE OR REPLACE TABLE last_scores AS
SELECT * FROM council WHERE coalesce(day, DATE '0001-01-01') <= getvariable('last')
QUALIFY row_number() OVER (PARTITION BY candidate_id, member ORDER BY day DESC NULLS LAST, session DESC) = 1;

CREATE OR REPLACE TABLE scores AS
SELECT candidate_id, count(*) AS members, avg(value) / 10 AS value, avg(urgency) / 10 AS urgency, avg(risk) / 10 AS risk, avg(readiness) / 10 AS readiness
FROM last_scores
GROUP BY ALL
HAVING members >= getvariable('least');

SET VARIABLE unscored_factor = coalesce((SELECT min((1 - risk) * readiness) FROM scores WHERE (1 - risk) * readiness > 0), 1);

CREATE OR REPLACE TABLE components AS
SELECT candidate_id, standing, coalesce(demand, 0) AS demand,
       coalesce(unmet_searcher_days / nullif(max(unmet_searcher_days) OVER (), 0), 0) AS unmet,
       coalesce(value, 0) AS value, coalesce(urgency, 0) AS urgency, risk, readiness, coalesce((1 - risk) * readiness, getvariable('unscored_factor')) AS factor
FROM candidates LEFT JOIN demand USING (candidate_id) LEFT JOIN unmet USING (candidate_id) LEFT JOIN scores USING (candidate_id);

-- The base weights, and each weight moved by 20 % up and down, to 1 at most, with the others scaled so that all add up to 1.
CREATE OR REPLACE TABLE scenarios AS
WITH base AS (SELECT [w_demand, w_unmet, w_council, w_urgency] AS w FROM plan),
moves AS (
    SELECT 'base' AS scenario, 0 AS moved, w, 0.0 AS target FROM base
    UNION ALL
    SELECT ['demand', 'unmet', 'council', 'urgency'][i] || ' ' || m, i, w, least(1.0, w[i] * m)
    FROM base, range(1, 5) positions(i), (VALUES (0.8), (1.2)) factors(m)
),
moved AS (
    SELECT scenario, [CASE WHEN moved = 0 THEN w[i] WHEN moved = i THEN target
                           ELSE w[i] * (1 - target) / greatest(1e-9, list_sum(w) - w[moved]) END FOR i IN [1, 2, 3, 4]] AS v
    FROM moves
)
SELECT scenario, v[1] AS demand, v[2] AS unmet, v[3] AS council, v[4] AS urgency FROM moved;

-- Candidates are ranked among those of the same standing; only new ones can be proposed.
CREATE OR REPLACE TABLE ranks AS
WITH scored AS (
    SELECT scenario, candidate_id, standing,
           round((s.demand * c.demand + s.unmet * c.unmet + s.council * c.value + s.urgency * c.urgency) * factor, 6) AS priority
    FROM scenarios s CROSS JOIN components c
)
SELECT *, rank() OVER (PARTITION BY scenario, standing ORDER BY priority DESC) AS rank FROM scored WHERE priority > 0;

CREATE OR REPLACE TABLE priorities AS
SELECT candidate_id, standing,
       any_value(priority) FILTER (scenario = 'base') AS priority, any_value(rank) FILTER (scenario = 'base') AS rank,
       min(rank) AS rank_best, max(rank) AS rank_worst, avg(CASE WHEN rank <= 10 THEN 1.0 ELSE 0.0 END) AS top10_share
FROM ranks
GROUP BY candidate_id, standing;

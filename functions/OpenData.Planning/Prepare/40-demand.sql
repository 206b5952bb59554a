-- Demand with representation: D = sum over groups of weight x supporters in the group / respondents in the group.
--
-- Voices come from surveys (a respondent), requests over HTTP (a caller's day) and the forum (a participant of a meeting).
-- A group of fewer than five respondents does not count. A cell of 1 to 4 supporters counts as 2.5, their middle: what is published
-- follows from published cells alone, and nobody can compute a small cell back.
CREATE OR REPLACE TABLE respondents AS
WITH counted AS (
    SELECT group_id, count(DISTINCT (survey, respondent)) AS people FROM survey GROUP BY group_id
    UNION ALL
    SELECT group_id, count(DISTINCT (day, client)) FROM supports WHERE day <= getvariable('last') GROUP BY group_id
    UNION ALL
    SELECT group_id, sum(there) FROM (SELECT meeting, group_id, max(participants) AS there FROM forum GROUP BY meeting, group_id) GROUP BY group_id
)
SELECT group_id, coalesce(sum(people), 0)::BIGINT AS respondents FROM groups LEFT JOIN counted USING (group_id) GROUP BY group_id;

CREATE OR REPLACE TABLE supporters AS
WITH voices AS (
    SELECT candidate_of(candidate) AS candidate_id, group_id, count(DISTINCT (survey, respondent)) AS people FROM survey WHERE candidate IS NOT NULL GROUP BY ALL
    UNION ALL
    SELECT candidate_id, group_id, count(DISTINCT (day, client)) FROM supports JOIN request_candidates USING (request_id) WHERE day <= getvariable('last') GROUP BY ALL
    UNION ALL
    SELECT candidate_of(candidate), group_id, sum(supporters) FROM forum GROUP BY ALL
)
SELECT candidate_id, group_id, sum(people)::BIGINT AS supporters FROM voices GROUP BY ALL;

CREATE OR REPLACE TABLE group_demand AS
WITH cells AS (
    SELECT candidate_id, group_id, weight, respondents, coalesce(supporters, 0) AS supporters,
           CASE WHEN supporters > 0 AND supporters < getvariable('least') THEN getvariable('least') / 2 ELSE coalesce(supporters, 0) END AS counted
    FROM (SELECT DISTINCT candidate_id FROM supporters SEMI JOIN candidates USING (candidate_id)) CROSS JOIN groups
    JOIN respondents USING (group_id) LEFT JOIN supporters USING (candidate_id, group_id)
    WHERE respondents >= getvariable('least')
)
SELECT *, least(1, counted / respondents) AS share, rank() OVER (PARTITION BY group_id ORDER BY counted DESC) AS rank_in_group FROM cells;

-- Words that nobody official has chosen are shown only if at least five people used them.
DELETE FROM group_demand
WHERE candidate_id LIKE 'words:%'
  AND candidate_id NOT IN (SELECT candidate_id FROM supporters GROUP BY candidate_id HAVING sum(supporters) >= getvariable('least'));
DELETE FROM candidates WHERE candidate_id LIKE 'words:%' AND candidate_id NOT IN (SELECT candidate_id FROM group_demand);

CREATE OR REPLACE TABLE demand AS
SELECT candidate_id, sum(weight * share) AS demand,
       sum(people(supporters))::BIGINT AS supporters, -- of the cells that may be published: the total must not give a small one away
       count(*) FILTER (supporters > 0) AS groups_for,
       min(rank_in_group) AS best_rank, max(rank_in_group) AS worst_rank,
       arg_max(group_id, (share, group_id)) AS strongest_group, max(share) AS strongest_share, min(share) AS weakest_share
FROM group_demand
GROUP BY candidate_id;

-- Demand with representation: D = sum over groups of weight x share, the share of the group's people who support the candidate.
--
-- Three sources are counted apart: surveyed (surveys and the forum), verified (people who signed in) and unverified (one network address on one
-- day). What a voice of each weighs is the plan's (table sources). A person has one voice for a candidate, and one group, in each source.
CREATE OR REPLACE TABLE voices AS
WITH said AS (
    SELECT 'surveyed' AS source, survey || ' ' || respondent AS person, group_id, candidate_id FROM survey
    UNION ALL
    SELECT s.source, CASE WHEN s.source = 'unverified' THEN s.day || ' ' ELSE '' END || person, s.group_id, candidate_id
    FROM supports s JOIN requests USING (request_id) WHERE s.day <= getvariable('last')
)
SELECT DISTINCT source, person, min(group_id) OVER (PARTITION BY source, person) AS group_id, candidate_id FROM said;

-- A meeting counts once, whichever and however many files it is in, from the day on that the plan names.
CREATE OR REPLACE TABLE meetings AS
SELECT meeting, group_id, candidate_id, max(participants) AS participants, max(supporters) AS supporters
FROM forum, plan WHERE day BETWEEN heard_from AND getvariable('last') GROUP BY ALL;

CREATE OR REPLACE TABLE respondents AS
WITH counted AS (
    SELECT source, group_id, count(DISTINCT person) AS people FROM voices GROUP BY ALL
    UNION ALL
    SELECT 'surveyed', group_id, sum(present) FROM (SELECT meeting, group_id, max(participants) AS present FROM meetings GROUP BY ALL) GROUP BY group_id
)
SELECT source, group_id, voice_weight, coalesce(sum(people), 0)::BIGINT AS respondents
FROM groups CROSS JOIN sources LEFT JOIN counted USING (source, group_id) GROUP BY ALL;

CREATE OR REPLACE TABLE supporters AS
WITH counted AS (
    SELECT source, group_id, candidate_id, count(DISTINCT person) AS people FROM voices WHERE candidate_id IS NOT NULL GROUP BY ALL
    UNION ALL
    SELECT 'surveyed', group_id, candidate_id, sum(supporters) FROM meetings GROUP BY ALL
)
SELECT source, group_id, candidate_id, sum(people)::BIGINT AS supporters FROM counted GROUP BY ALL;

-- Cells of source, group and candidate. A cell of one to four supporters is not published; it is known only to be 1 to 4. It counts as what the
-- candidate's share over all groups of the source would give it, within 1 to 4: the synthetic estimate of a small area (Rao and Molina, Small
-- Area Estimation, 2015, chapter 3). The share is taken at its least, with 1 for each hidden cell, so the estimate follows from published
-- cells alone, rises when any cell does, and lifts no candidate that the other groups do not want: it cannot turn an order round by itself.
CREATE OR REPLACE TABLE cells AS
WITH known AS (
    SELECT c.candidate_id, r.source, r.group_id, r.voice_weight, r.respondents, coalesce(supporters, 0) AS supporters
    FROM (SELECT DISTINCT candidate_id FROM supporters SEMI JOIN candidates USING (candidate_id)) c CROSS JOIN respondents r
    LEFT JOIN supporters USING (candidate_id, source, group_id)
    WHERE r.respondents >= getvariable('least')
),
bracketed AS (
    SELECT *, people(supporters) IS NULL AS is_small, coalesce(people(supporters), 1) AS supporters_least,
           coalesce(people(supporters), getvariable('least') - 1) AS supporters_most
    FROM known
)
SELECT *, CASE WHEN is_small
    THEN least(supporters_most, greatest(1, respondents * sum(supporters_least) OVER source_cells / sum(respondents) OVER source_cells))
    ELSE supporters END AS estimate
FROM bracketed
WINDOW source_cells AS (PARTITION BY candidate_id, source);

-- Words that nobody official has chosen are shown only if at least five people who count used them.
DELETE FROM cells
WHERE candidate_id LIKE 'words:%' AND candidate_id NOT IN (
    SELECT candidate_id FROM supporters JOIN sources USING (source) WHERE voice_weight > 0 GROUP BY candidate_id HAVING sum(supporters) >= getvariable('least'));
DELETE FROM candidates WHERE candidate_id LIKE 'words:%' AND candidate_id NOT IN (SELECT candidate_id FROM cells);

CREATE OR REPLACE TABLE group_demand AS
WITH shares AS (
    SELECT candidate_id, group_id, sum(respondents)::BIGINT AS respondents, sum(supporters_least)::BIGINT AS supporters_least,
           least(sum(supporters_most), sum(respondents))::BIGINT AS supporters_most, bool_or(supporters > 0) AS is_for,
           sum(voice_weight * estimate) / sum(voice_weight * respondents) AS share,
           sum(voice_weight * supporters_least) / sum(voice_weight * respondents) AS share_least,
           sum(voice_weight * supporters_most) / sum(voice_weight * respondents) AS share_most
    FROM cells WHERE voice_weight > 0 GROUP BY ALL
)
SELECT s.*, weight, rank() OVER (PARTITION BY group_id ORDER BY share DESC) AS rank_in_group FROM shares s JOIN groups USING (group_id);

-- Counts of the voices that weigh in D, as brackets, and beside them those that do not.
CREATE OR REPLACE TABLE demand AS
WITH weighed AS (
    SELECT candidate_id, sum(weight * share) AS demand, sum(weight * share_least) AS demand_least, sum(weight * least(1, share_most)) AS demand_most,
           sum(supporters_least)::BIGINT AS supporters_least, sum(supporters_most)::BIGINT AS supporters_most, count(*) FILTER (is_for) AS groups_for,
           min(rank_in_group) AS best_rank, max(rank_in_group) AS worst_rank,
           arg_max(group_id, (share, group_id)) AS strongest_group, max(share) AS strongest_share, min(share) AS weakest_share
    FROM group_demand GROUP BY candidate_id
),
beside AS (
    SELECT candidate_id, sum(supporters_least)::BIGINT AS unweighed_least, sum(supporters_most)::BIGINT AS unweighed_most
    FROM cells WHERE voice_weight = 0 AND supporters > 0 GROUP BY candidate_id
)
SELECT w.*, coalesce(unweighed_least, 0) AS unweighed_least, coalesce(unweighed_most, 0) AS unweighed_most
FROM weighed w LEFT JOIN beside USING (candidate_id);

-- Everything that can be wanted, once: the plan's items, other published datasets, requests that match neither, and free words.
-- Which name means which candidate is decided before (table names).
CREATE OR REPLACE TABLE named_candidates AS
SELECT item_id AS candidate_id, item_ko AS name_ko, item_en AS name_en, agency, area_ko, area_en, planned, dataset_id, keywords, 1 AS source FROM items
UNION ALL
SELECT dataset_id, title, title, agency, NULL, NULL, NULL, dataset_id, [], 2
FROM datasets WHERE dataset_id NOT IN (SELECT dataset_id FROM items WHERE dataset_id IS NOT NULL)
UNION ALL
SELECT candidate_id, arg_min(title, opened_at), arg_min(title, opened_at), arg_min(agency, opened_at), NULL, NULL, NULL, NULL, [], 3
FROM requests WHERE shown AND candidate_id LIKE 'request:%' AND opened_at < getvariable('last') + INTERVAL 1 DAY GROUP BY candidate_id
UNION ALL
SELECT candidate_id, word, word, NULL, NULL, NULL, NULL, NULL, [], 4 FROM words;

-- What became of the requests for each candidate, up to the last day.
CREATE OR REPLACE TABLE request_state AS
SELECT candidate_id, count(*) AS requests, bool_or(accepted_at < getvariable('last') + INTERVAL 1 DAY) AS is_accepted,
       bool_and(refused_at < getvariable('last') + INTERVAL 1 DAY AND state IN ('refused', 'in-mediation')) AS is_refused,
       max(refused_for) FILTER (state IN ('refused', 'in-mediation')) AS refused_for, max(agency) AS request_agency
FROM requests
WHERE shown AND opened_at < getvariable('last') + INTERVAL 1 DAY
GROUP BY candidate_id;

-- The council's last decision on each candidate, up to the last day.
CREATE OR REPLACE TABLE last_decision AS
SELECT candidate_id, arg_max(decision, (day, file, line)) AS decision, max(day) AS decided_on, arg_max(decided_by, (day, file, line)) AS decided_by,
       arg_max(reason, (day, file, line)) AS decision_reason
FROM decisions WHERE day <= getvariable('last') GROUP BY candidate_id;

-- standing: published; promised by the plan; accepted by an agency; refused by an agency or the council; or new. Only new ones compete.
CREATE OR REPLACE TABLE candidates AS
SELECT n.*, published_at, coalesce(published_at < getvariable('last') + INTERVAL 1 DAY, false) AS is_published,
       decision, decided_on, decided_by, decision_reason, refused_for, coalesce(requests, 0) AS requests,
       CASE WHEN published_at < getvariable('last') + INTERVAL 1 DAY THEN 'published'
            WHEN planned IS NOT NULL THEN 'promised'
            WHEN is_accepted THEN 'accepted'
            WHEN is_refused OR decision = 'refused' THEN 'refused'
            ELSE 'new' END AS standing
FROM named_candidates n LEFT JOIN published USING (dataset_id) LEFT JOIN request_state USING (candidate_id) LEFT JOIN last_decision USING (candidate_id);

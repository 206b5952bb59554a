-- Everything that can be wanted, once: the plan's items, other published datasets, requests that match neither, and free words from surveys, forum and council.
CREATE OR REPLACE MACRO candidate_of(word) AS coalesce(
    (SELECT item_id FROM items WHERE item_id = word),
    (SELECT item_id FROM items WHERE items.dataset_id = word),
    (SELECT dataset_id FROM datasets WHERE dataset_id = word),
    'words:' || lower(trim(word)));

CREATE OR REPLACE TABLE request_candidates AS
SELECT request_id, CASE WHEN candidate IS NOT NULL THEN candidate_of(candidate) WHEN requests.dataset_id IS NOT NULL THEN candidate_of(requests.dataset_id) ELSE 'request:' || request_id END AS candidate_id
FROM requests
WHERE opened_at < getvariable('last') + INTERVAL 1 DAY;

CREATE OR REPLACE TABLE candidates AS
WITH named AS (
    SELECT item_id AS candidate_id, item_ko AS name_ko, item_en AS name_en, agency, area_ko, area_en, planned, dataset_id, keywords, 1 AS source FROM items
    UNION ALL
    SELECT dataset_id, title, title, agency, NULL, NULL, NULL, dataset_id, [], 2 FROM datasets WHERE dataset_id NOT IN (SELECT dataset_id FROM items WHERE dataset_id IS NOT NULL)
    UNION ALL
    SELECT 'request:' || request_id, title, title, agency, NULL, NULL, NULL, NULL, [], 3
    FROM requests SEMI JOIN request_candidates ON candidate_id = 'request:' || requests.request_id AND shown AND state <> 'refused'
    UNION ALL
    SELECT DISTINCT candidate_of(candidate), substr(candidate_of(candidate), 7), substr(candidate_of(candidate), 7), NULL, NULL, NULL, NULL, NULL, [], 4
    FROM (SELECT candidate FROM survey UNION SELECT candidate FROM forum UNION SELECT candidate FROM council)
    WHERE candidate_of(candidate) LIKE 'words:%'
)
SELECT named.*, published_at, published_at IS NOT NULL AND published_at < getvariable('last') + INTERVAL 1 DAY AS is_published
FROM named LEFT JOIN published USING (dataset_id);

-- What one day's use comes to, for each dataset, each agency, each theme and all together: one row each, told apart by grain and key.
-- Variables: events (the day's events.parquet), day. Table: themes (dataset_id, theme), as the catalogue stands when the day is compacted.
--
-- Robots, probes and refused requests (status 400 and above) are counted apart and in nothing else.
-- views: descriptions read.  calls: record queries.  downloads: exports and original files.
-- converted_users: of a dataset, viewers who on the same day exported or downloaded it.
-- Variable own: the report's own dataset, whose use is not counted.
-- users: distinct pseudonyms within the day; a pseudonym does not outlive its day.
WITH events AS (
    SELECT *, status < 400 AND NOT bot AS counted FROM read_parquet(getvariable('events')) WHERE dataset_id IS DISTINCT FROM getvariable('own')
),
converted AS (
    SELECT 'dataset' AS grain, dataset_id AS key, count(*) AS converted_users FROM (
        SELECT dataset_id, client FROM events WHERE counted AND kind = 'dataset'
        INTERSECT
        SELECT dataset_id, client FROM events WHERE counted AND kind IN ('export', 'download'))
    WHERE client IS NOT NULL
    GROUP BY dataset_id
),
keyed AS (
    SELECT 'all' AS grain, '' AS key, * FROM events
    UNION ALL SELECT 'dataset', dataset_id, * FROM events WHERE dataset_id IS NOT NULL
    UNION ALL SELECT 'agency', agency, * FROM events WHERE dataset_id IS NOT NULL
    UNION ALL SELECT 'theme', themes.theme, events.* FROM events JOIN themes USING (dataset_id)
)
SELECT getvariable('day') AS day, grain, key,
       count(*) FILTER (counted AND kind NOT IN ('health', 'uploads')) AS requests,
       count(*) FILTER (counted AND kind = 'dataset') AS views,
       count(*) FILTER (counted AND kind = 'records') AS calls,
       count(*) FILTER (counted AND kind IN ('export', 'download')) AS downloads,
       coalesce(sum(rows) FILTER (counted AND kind IN ('records', 'export')), 0)::BIGINT AS rows,
       coalesce(sum(bytes) FILTER (counted), 0)::BIGINT AS bytes,
       count(DISTINCT client) FILTER (counted AND kind NOT IN ('health', 'uploads')) AS users,
       count(DISTINCT client) FILTER (counted AND kind = 'dataset') AS view_users,
       count(DISTINCT client) FILTER (counted AND kind = 'records') AS api_users,
       count(DISTINCT client) FILTER (counted AND kind IN ('export', 'download')) AS download_users,
       count(*) FILTER (NOT counted AND NOT bot) AS refused,
       count(*) FILTER (bot) AS bot_requests,
       CASE WHEN grain = 'dataset' THEN coalesce(any_value(converted_users), 0) END AS converted_users
FROM keyed LEFT JOIN converted USING (grain, key)
GROUP BY grain, key
ORDER BY grain, key

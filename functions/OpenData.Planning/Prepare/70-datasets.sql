-- Every published dataset with its use in the period, its age, its quality and what is wrong with it.
CREATE OR REPLACE TABLE dataset_state AS
WITH used AS (
    SELECT key AS dataset_id, sum(requests)::BIGINT AS requests, sum(views)::BIGINT AS views, sum(calls)::BIGINT AS calls, sum(downloads)::BIGINT AS downloads,
           sum(usage.rows)::BIGINT AS rows_served, sum(users)::BIGINT AS user_days, sum(view_users)::BIGINT AS view_user_days,
           sum(api_users)::BIGINT AS api_user_days, sum(download_users)::BIGINT AS download_user_days
    FROM usage WHERE grain = 'dataset' AND day BETWEEN getvariable('first') AND getvariable('last') GROUP BY key
),
drops AS (
    SELECT dataset || '@' || agency AS dataset_id, count(*) AS updates, arg_max(state, dropped_at) = 'rejected' AS last_rejected
    FROM uploads WHERE dataset IS NOT NULL AND NOT ends_with(path, '/dataset.json') AND dropped_at::DATE BETWEEN getvariable('first') AND getvariable('last') GROUP BY ALL
),
said AS (
    SELECT dataset_id, count(*) FILTER (kind = 'rating') AS raters, avg(rating) FILTER (kind = 'rating') AS rating, count(*) FILTER (kind = 'problem') AS problems_reported,
           count(*) FILTER (kind = 'reuse') AS reuse_cases
    FROM feedback WHERE said_at < getvariable('last') + INTERVAL 1 DAY GROUP BY dataset_id
),
joined AS (
    SELECT d.dataset_id, d.title, d.publisher, d.agency, d.frequency, d.rows, d.bytes, d.dropped_at, d.format, d.metadata_score, d.data_score, published_at,
           coalesce(requests, 0) AS requests, coalesce(views, 0) AS views, coalesce(calls, 0) AS calls, coalesce(downloads, 0) AS downloads, coalesce(rows_served, 0) AS rows_served,
           coalesce(user_days, 0) AS user_days, coalesce(view_user_days, 0) AS view_user_days, coalesce(api_user_days, 0) AS api_user_days, coalesce(download_user_days, 0) AS download_user_days,
           coalesce(updates, 0) AS updates, coalesce(last_rejected, false) AS last_rejected,
           coalesce(raters, 0) AS raters, CASE WHEN raters >= getvariable('least') THEN rating END AS rating, coalesce(problems_reported, 0) AS problems_reported, coalesce(reuse_cases, 0) AS reuse_cases,
           date_diff('day', d.dropped_at::DATE, getvariable('last')) AS age_days, due_days
    FROM datasets d LEFT JOIN published USING (dataset_id) LEFT JOIN used USING (dataset_id) LEFT JOIN drops USING (dataset_id) LEFT JOIN said USING (dataset_id)
)
-- Faults: late against the declared frequency; the last drop was rejected; data quality below 0.7; metadata 'bad' by the MQA (120 points or fewer of 405);
-- rated below 3 of 5 by at least five people; problems reported at least five times.
SELECT *, coalesce(age_days > due_days, false) AS is_late,
       coalesce(data_score < 0.7, false) AS is_poor_data, coalesce(metadata_score <= 120, false) AS is_poor_metadata,
       coalesce(rating < 3, false) AS is_poor_rated, problems_reported >= getvariable('least') AS is_reported
FROM joined;

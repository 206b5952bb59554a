-- Every published dataset with its use in the period, its age, its quality and what is wrong with it.
CREATE OR REPLACE TABLE dataset_state AS
WITH used AS (
    SELECT key AS dataset_id, sum(requests)::BIGINT AS requests, sum(views)::BIGINT AS views, sum(calls)::BIGINT AS calls, sum(downloads)::BIGINT AS downloads,
           sum(usage.rows)::BIGINT AS rows_served, sum(users)::BIGINT AS all_user_days, sum(day_people(users))::BIGINT AS user_days,
           sum(api_users)::BIGINT AS api_user_days,
           sum(view_users) FILTER (view_users >= getvariable('least') AND people(converted_users) IS NOT NULL)::BIGINT AS viewer_days,
           sum(converted_users) FILTER (view_users >= getvariable('least') AND people(converted_users) IS NOT NULL)::BIGINT AS converted_days
    FROM usage WHERE grain = 'dataset' AND day BETWEEN getvariable('first') AND getvariable('last') GROUP BY key
),
lately AS (
    SELECT key AS dataset_id, sum(views + calls + downloads)::BIGINT AS late_uses, sum(downloads)::BIGINT AS late_downloads, sum(views)::BIGINT AS late_views,
           sum(api_users)::BIGINT AS late_api_user_days
    FROM usage WHERE grain = 'dataset' AND day BETWEEN getvariable('use_from') AND getvariable('last') GROUP BY key
),
drops AS (
    SELECT dataset || '@' || agency AS dataset_id, count(*) FILTER (dropped_at::DATE >= getvariable('use_from')) AS updates,
           arg_max(state, dropped_at) = 'rejected' AS last_rejected
    FROM uploads WHERE dataset IS NOT NULL AND NOT ends_with(path, '/dataset.json') AND dropped_at::DATE <= getvariable('last') GROUP BY ALL
),
-- People who spoke: verified ones, and the most unverified ones on one day, because nothing else tells two of them apart.
spoke AS (
    SELECT dataset_id, kind, sum(persons)::BIGINT AS people, sum(persons) FILTER (source = 'verified')::BIGINT AS verified FROM (
        SELECT dataset_id, kind, source, CASE WHEN source = 'verified' THEN sum(persons) ELSE max(persons) END AS persons FROM (
            SELECT dataset_id, kind, source, CASE WHEN source = 'verified' THEN NULL ELSE said_on END AS day, count(DISTINCT coalesce(person, 'unknown')) AS persons
            FROM feedback WHERE said_on <= getvariable('last') GROUP BY ALL)
        GROUP BY dataset_id, kind, source)
    GROUP BY dataset_id, kind
),
rated AS (
    SELECT dataset_id, avg(rating) AS rating FROM (
        SELECT dataset_id, rating FROM feedback WHERE kind = 'rating' AND said_on <= getvariable('last')
        QUALIFY row_number() OVER (PARTITION BY dataset_id, source, coalesce(person, 'unknown'), CASE WHEN source = 'verified' THEN NULL ELSE said_on END
                                   ORDER BY said_on DESC, rating) = 1)
    GROUP BY dataset_id
),
said AS (
    SELECT dataset_id, max(people) FILTER (kind = 'rating') AS raters, max(verified) FILTER (kind = 'rating') AS verified_raters,
           max(people) FILTER (kind = 'problem') AS problems_reported, max(people) FILTER (kind = 'reuse') AS reuse_cases
    FROM spoke GROUP BY dataset_id
),
joined AS (
    SELECT d.*, published_at,
           coalesce(requests, 0) AS requests, coalesce(views, 0) AS views, coalesce(calls, 0) AS calls, coalesce(downloads, 0) AS downloads,
           coalesce(rows_served, 0) AS rows_served, coalesce(all_user_days, 0) AS all_user_days, coalesce(user_days, 0) AS user_days, viewer_days, converted_days,
           coalesce(late_uses, 0) AS late_uses, coalesce(late_downloads, 0) AS late_downloads, coalesce(late_views, 0) AS late_views,
           coalesce(late_api_user_days, 0) AS late_api_user_days,
           coalesce(updates, 0) AS updates, coalesce(last_rejected, false) AS last_rejected,
           coalesce(raters, 0) AS raters, coalesce(verified_raters, 0) AS verified_raters, CASE WHEN raters >= getvariable('least') THEN rated.rating END AS rating,
           coalesce(problems_reported, 0) AS problems_reported, coalesce(reuse_cases, 0) AS reuse_cases,
           date_diff('day', d.dropped_at::DATE, getvariable('last')) AS age_days
    FROM datasets d LEFT JOIN published USING (dataset_id) LEFT JOIN used USING (dataset_id) LEFT JOIN lately USING (dataset_id)
    LEFT JOIN drops USING (dataset_id) LEFT JOIN said USING (dataset_id) LEFT JOIN rated USING (dataset_id)
)
-- Faults: late against the declared frequency; the last drop was rejected; data quality below 0.7; metadata 'bad' by the MQA (120 points or fewer of 405);
-- rated below 3 of 5, where at least five verified people rated it, or unverified ones weigh something; problems reported by at least five people.
-- Unused: public for all of at least 90 logged days on which nobody looked at it, queried or fetched it, and nobody has shown a reuse.
SELECT *, coalesce(age_days > due_days, false) AS is_late,
       coalesce(data_score < 0.7, false) AS is_poor_data, coalesce(metadata_score <= 120, false) AS is_poor_metadata,
       coalesce(rating < 3, false) AND (verified_raters >= getvariable('least') OR (SELECT voice_weight > 0 FROM sources WHERE source = 'unverified')) AS is_poor_rated,
       problems_reported >= getvariable('least') AS is_reported,
       use_is_known() AND published_at::DATE <= getvariable('use_from') AS is_judged,
       is_judged AND late_uses = 0 AND reuse_cases = 0 AS is_unused
FROM joined;

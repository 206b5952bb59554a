-- Which fields of which dataset were asked for on one day. Variables: events (the day's events.parquet), day.
-- selected: requests that named the field in select or group_by.  filtered: requests that filtered by it.
WITH named AS (
    SELECT dataset_id, unnest(fields) AS field, 1 AS selected, 0 AS filtered FROM read_parquet(getvariable('events')) WHERE status < 400 AND NOT bot
    UNION ALL
    SELECT dataset_id, unnest(filters), 0, 1 FROM read_parquet(getvariable('events')) WHERE status < 400 AND NOT bot
)
SELECT getvariable('day') AS day, dataset_id, field, sum(selected)::BIGINT AS selected, sum(filtered)::BIGINT AS filtered
FROM named
WHERE dataset_id IS NOT NULL
GROUP BY dataset_id, field
ORDER BY dataset_id, field

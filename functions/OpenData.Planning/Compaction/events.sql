-- A day's events, as one table in the order in which they happened. Every column is sorted by, so that the same events make the same file.
-- Variable: files (the NDJSON files of the day's folder, which the log chose by the country's time zone).
SELECT time, kind, dataset_id, split_part(dataset_id, '@', 2) AS agency, version, status, rows, bytes, milliseconds,
       search, hits, fields, filters, format, client, coalesce(bot, false) AS bot
FROM read_ndjson(getvariable('files'), columns = {
    time: 'TIMESTAMP', kind: 'VARCHAR', dataset_id: 'VARCHAR', version: 'VARCHAR', status: 'SMALLINT', rows: 'BIGINT', bytes: 'BIGINT',
    milliseconds: 'DOUBLE', search: 'VARCHAR', hits: 'BIGINT', fields: 'VARCHAR[]', filters: 'VARCHAR[]', format: 'VARCHAR',
    client: 'VARCHAR', bot: 'BOOLEAN'}, ignore_errors = true) -- a line cut off by a crash costs itself, not the day
ORDER BY ALL

-- When each dataset was first published: its first upload of data that succeeded, or what is served now where no such record is left.
CREATE OR REPLACE TABLE published AS
SELECT dataset_id, coalesce(min(finished_at), any_value(datasets.dropped_at)) AS published_at
FROM datasets
LEFT JOIN uploads ON dataset_id = uploads.dataset || '@' || uploads.agency AND state = 'published' AND NOT ends_with(path, '/dataset.json')
GROUP BY dataset_id;

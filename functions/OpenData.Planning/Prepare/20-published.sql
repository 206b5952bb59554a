-- When each dataset was first published: its first upload of data that succeeded, or what is served now where no such record is left.
CREATE OR REPLACE TABLE published AS
SELECT dataset_id, coalesce(min(finished_at), any_value(datasets.dropped_at)) AS published_at
FROM datasets
LEFT JOIN uploads ON dataset_id = uploads.dataset || '@' || uploads.agency AND state = 'published' AND NOT ends_with(path, '/dataset.json')
GROUP BY dataset_id;

-- What each dataset was used in the 365 days from then on, as far as they are over: queries, exports and downloads. No row before its release.
CREATE OR REPLACE TABLE first_year AS
SELECT dataset_id, coalesce(sum(calls + downloads), 0)::BIGINT AS uses
FROM published LEFT JOIN usage
    ON grain = 'dataset' AND key = dataset_id AND day BETWEEN published_at::DATE AND published_at::DATE + 364 AND day <= getvariable('last')
WHERE published_at::DATE <= getvariable('last')
GROUP BY dataset_id;

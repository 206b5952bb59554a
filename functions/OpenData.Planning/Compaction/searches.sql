-- What was searched for on one day: a row for each term and dataset (null: the catalogue), the term in lower case and NFC with single spaces.
-- Variables: events (the day's events.parquet), day. Robots and refused requests are left out.
-- searchers: distinct pseudonyms within the day.  unmet: those whose search found nothing, though nothing but the term restricted it.
SELECT getvariable('day') AS day, trim(regexp_replace(lower(nfc_normalize(search)), '\s+', ' ', 'g')) AS term, dataset_id,
       count(*) AS searches, count(*) FILTER (unmet) AS unmet_searches,
       count(DISTINCT client) AS searchers, count(DISTINCT client) FILTER (unmet) AS unmet_searchers
FROM (SELECT *, hits = 0 AND len(coalesce(filters, [])) = 0 AS unmet FROM read_parquet(getvariable('events')))
WHERE search IS NOT NULL AND status < 400 AND NOT bot AND hits IS NOT NULL AND trim(search) <> ''
GROUP BY term, dataset_id
ORDER BY term, dataset_id

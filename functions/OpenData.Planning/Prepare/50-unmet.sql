-- Searches of the catalogue that found nothing. A term is published only if on some day at least five people searched for it in vain: pseudonyms
-- do not outlive a day, so nothing less proves five people, and a term may be a name.
CREATE OR REPLACE TABLE unmet_terms AS
SELECT term, sum(unmet_searches)::BIGINT AS unmet_searches, sum(unmet_searchers)::BIGINT AS searcher_days, max(unmet_searchers) AS people_at_least
FROM searches
WHERE dataset_id IS NULL AND unmet_searches > 0 AND day BETWEEN getvariable('first') AND getvariable('last')
GROUP BY term;

-- A term is for a candidate if it holds one of the candidate's keywords, or is part of a keyword or of the name; terms of one letter are for none.
CREATE OR REPLACE TABLE unmet AS
SELECT candidate_id, sum(searcher_days)::BIGINT AS unmet_searcher_days
FROM candidates JOIN unmet_terms ON people_at_least >= getvariable('least') AND length(term) >= 2
    AND (contains(lower(name_ko), term) OR contains(lower(name_en), term)
         OR len(list_filter(keywords, word -> length(word) >= 2 AND (contains(term, lower(word)) OR contains(lower(word), term)))) > 0)
GROUP BY candidate_id;

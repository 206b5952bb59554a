-- Searches of the catalogue that found nothing. A term is published only if on some day at least five people searched for it in vain: pseudonyms
-- do not outlive a day, so nothing less proves five people, and a term may be a name. Days with fewer count as none.
CREATE OR REPLACE TABLE unmet_terms AS
SELECT term, sum(unmet_searches)::BIGINT AS unmet_searches, sum(day_people(unmet_searchers))::BIGINT AS searcher_days,
       max(unmet_searchers) AS people_at_least
FROM searches
WHERE dataset_id IS NULL AND unmet_searches > 0 AND day BETWEEN getvariable('first') AND getvariable('last')
GROUP BY term
HAVING people_at_least >= getvariable('least');

-- A term is for a candidate if it holds one of the candidate's keywords, or is part of a keyword or of the name. A term that fits more than
-- three candidates says nothing about any of them, and a term of one letter neither.
CREATE OR REPLACE TABLE term_candidates AS
WITH fitting AS (
    SELECT candidate_id, term, searcher_days
    FROM candidates JOIN unmet_terms ON length(term) >= 2
        AND (contains(lower(name_ko), term) OR contains(lower(name_en), term)
             OR len(list_filter(keywords, word -> length(word) >= 2 AND (contains(term, lower(word)) OR contains(lower(word), term)))) > 0)
)
SELECT * FROM fitting QUALIFY count(*) OVER (PARTITION BY term) <= 3;

CREATE OR REPLACE TABLE unmet AS
SELECT candidate_id, sum(searcher_days)::BIGINT AS unmet_searcher_days FROM term_candidates GROUP BY candidate_id;

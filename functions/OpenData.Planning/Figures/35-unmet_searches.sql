-- title: Searches that found nothing
-- 제목: 결과가 없었던 검색어
-- definition: Terms searched for in the catalogue, without any other filter, that had no hit. Searcher-days add up each day's distinct searchers, of days with at least five; people at least is the most on one day. A term is shown only if at least five people searched for it on one day: a pseudonym does not outlive its day, so nothing less proves five people.
-- 정의: 다른 조건 없이 카탈로그를 검색했으나 결과가 없었던 검색어. 검색자·일은 5명 이상인 날의 순검색자 합, 최소 인원은 하루 최대 순검색자. 가명 식별자는 하루만 유효하므로 하루에 5명 이상이 검색한 검색어만 표시.
SELECT term, unmet_searches, searcher_days, people_at_least
FROM unmet_terms
ORDER BY searcher_days DESC, term
LIMIT 100

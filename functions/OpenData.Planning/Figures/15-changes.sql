-- title: What has changed since the last report
-- 제목: 지난 보고서 이후 변경 사항
-- definition: Entries of the five lists above that are new or gone since the edition before of the same kind, and candidates for release whose rank has moved.
-- 정의: 같은 종류의 직전 보고서와 비교하여 위 다섯 목록에 새로 들어오거나 빠진 항목, 순위가 바뀐 개방 후보.
WITH today AS (
    SELECT 'release' AS list, candidate_id AS id, rank AS position FROM figure_release
    UNION ALL SELECT 'late', candidate_id, NULL FROM figure_late
    UNION ALL SELECT 'refused', candidate_id, NULL FROM figure_refused
    UNION ALL SELECT 'fix', dataset_id, NULL FROM figure_fix
    UNION ALL SELECT 'review', dataset_id, NULL FROM figure_review
),
earlier AS (
    SELECT figure AS list, any_value(text) FILTER ("column" IN ('candidate_id', 'dataset_id')) AS id,
           any_value(number) FILTER ("column" = 'rank')::BIGINT AS position
    FROM before WHERE figure IN ('release', 'late', 'refused', 'fix', 'review') GROUP BY figure, line
)
SELECT list, CASE WHEN earlier.list IS NULL THEN 'new' WHEN today.list IS NULL THEN 'gone' WHEN today.position < earlier.position THEN 'up' ELSE 'down' END AS change,
       id, earlier.position AS rank_before, today.position AS rank
FROM today FULL JOIN earlier USING (list, id)
WHERE EXISTS (FROM before) AND (today.list IS NULL OR earlier.list IS NULL OR today.position <> earlier.position)
ORDER BY list DESC, change, coalesce(rank, rank_before), id

-- title: From wish to use
-- 제목: 후보에서 이용까지
-- definition: Candidates at each stage, each counted wherever it has been: proposed by anybody; supported in a survey or at the forum; scored by at least five members of the council; selected by the council; promised by the plan; released; and used (queried, exported or downloaded) in the period.
-- 정의: 단계별 후보 수: 제안됨, 설문·포럼에서 지지받음, 위원 5명 이상이 평가함, 위원회가 선정함, 계획에 반영됨, 개방됨, 기간 중 이용됨(API·내보내기·다운로드).
WITH stages AS (
    SELECT candidate_id IN (SELECT candidate_id FROM supporters WHERE source = 'surveyed') AS surveyed, candidate_id IN (SELECT candidate_id FROM scores) AS scored,
           coalesce(decision = 'selected', false) AS selected, planned IS NOT NULL AS promised, is_published AS released,
           candidates.dataset_id IN (SELECT dataset_id FROM dataset_state WHERE calls + downloads > 0) AS used
    FROM candidates
)
SELECT stage, candidates
FROM (VALUES
    (1, 'proposed', (SELECT count(*) FROM stages)), (2, 'surveyed', (SELECT count(*) FROM stages WHERE surveyed)),
    (3, 'scored', (SELECT count(*) FROM stages WHERE scored)), (4, 'selected', (SELECT count(*) FROM stages WHERE selected)),
    (5, 'promised', (SELECT count(*) FROM stages WHERE promised)), (6, 'released', (SELECT count(*) FROM stages WHERE released)),
    (7, 'used', (SELECT count(*) FROM stages WHERE used))) counted(position, stage, candidates)
WHERE EXISTS (FROM stages)
ORDER BY position

-- title: Surveys that count
-- 제목: 반영된 설문
-- definition: Surveys in use, with their period and invitations as the plan has them, their respondents and the groups these belong to.
-- 정의: 반영된 설문별 기간과 조사 대상 수(계획 파일 기준), 응답자 수, 응답 집단 수.
SELECT coalesce(survey_ko, survey) AS name_ko, coalesce(survey_en, survey) AS name_en, surveys.first_day, surveys.last_day, invited,
       people(count(DISTINCT respondent)) AS respondents, count(DISTINCT group_id) AS groups_heard
FROM survey LEFT JOIN surveys ON survey = 'surveys/' || file
GROUP BY survey, survey_ko, survey_en, surveys.first_day, surveys.last_day, invited
ORDER BY survey

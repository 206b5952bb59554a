-- title: Who was heard
-- 제목: 의견을 낸 집단
-- definition: Respondents of each group over surveys, requests and the forum, with the group's weight in demand. A group of fewer than five respondents does not count in demand.
-- 정의: 설문·데이터 요청·포럼을 합한 집단별 응답자 수와 수요 가중치. 응답자 5명 미만 집단은 수요에 반영하지 않음.
SELECT group_ko, group_en, round(weight, 4) AS weight, people(respondents) AS respondents,
       round(people(respondents) / nullif(sum(people(respondents)) OVER (), 0), 4) AS share_of_voices
FROM groups JOIN respondents USING (group_id)
ORDER BY position

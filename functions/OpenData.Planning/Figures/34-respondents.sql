-- title: Who was heard
-- 제목: 의견을 낸 집단
-- definition: People of each group who were surveyed (surveys and the forum), who signed in, and of whom nothing was verified (one network address on one day is one), with the group's weight in demand. A group with fewer than five people of a source does not count in it. The share is of the surveyed.
-- 정의: 집단별 조사 응답자(설문·포럼), 본인 확인 참여자, 미확인 참여자(하루 한 네트워크 주소를 1로 집계)와 수요 가중치. 출처별 5명 미만 집단은 반영하지 않음. 비중은 조사 응답자 기준.
WITH pivoted AS (
    SELECT group_id, sum(respondents) FILTER (source = 'surveyed')::BIGINT AS surveyed, sum(respondents) FILTER (source = 'verified')::BIGINT AS verified,
           sum(respondents) FILTER (source = 'unverified')::BIGINT AS unverified
    FROM respondents GROUP BY group_id
)
SELECT group_ko, group_en, round(weight, 4) AS weight, people(surveyed) AS respondents, people(verified) AS verified_people, people(unverified) AS unverified_people,
       round(people(surveyed) / nullif(sum(people(surveyed)) OVER (), 0), 4) AS share_of_voices
FROM groups JOIN pivoted USING (group_id)
ORDER BY position

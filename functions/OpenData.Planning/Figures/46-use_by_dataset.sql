-- title: Use by dataset
-- 제목: 데이터셋별 이용
-- definition: Use of each published dataset in the period, the most used first. Conversion is download user-days over view user-days. User-days add up each day's distinct users; fewer than five are not shown, nor is a conversion that rests on them.
-- 정의: 개방 데이터셋별 이용(이용이 많은 순). 전환율은 다운로드 이용자·일 ÷ 조회 이용자·일. 이용자·일은 일별 순이용자의 합이며 5 미만과 그에 따른 전환율은 표시하지 않음.
SELECT dataset_id, title, publisher, requests, views, calls, downloads, rows_served AS rows, people(user_days) AS user_days, round(people(user_days) / days_covered(), 2) AS mean_daily_users,
       CASE WHEN view_user_days >= getvariable('least') AND people(download_user_days) IS NOT NULL THEN round(download_user_days / view_user_days, 4) END AS conversion
FROM dataset_state
ORDER BY requests DESC, dataset_id

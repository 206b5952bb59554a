-- title: Use by dataset
-- 제목: 데이터셋별 이용
-- definition: Use of each published dataset in the period, the most used first. User-days add up each day's distinct users, of days with at least five. Conversion is the share of viewers who on the same day also exported or downloaded the dataset, over days with at least five viewers, of whom none or at least five did.
-- 정의: 개방 데이터셋별 이용(이용이 많은 순). 이용자·일은 5명 이상인 날의 순이용자 합. 전환율은 조회한 사람 중 같은 날 내보내기·다운로드도 한 비율이며, 조회자 5명 이상이고 그중 0명 또는 5명 이상이 전환한 날만 집계.
SELECT dataset_id, title, publisher, requests, views, calls, downloads, rows_served AS rows, summed_people(user_days, all_user_days) AS user_days,
       round(summed_people(user_days, all_user_days) / nullif(days_covered(), 0), 2) AS mean_daily_users,
       round(converted_days / nullif(viewer_days, 0), 4) AS conversion
FROM dataset_state
ORDER BY requests DESC, dataset_id

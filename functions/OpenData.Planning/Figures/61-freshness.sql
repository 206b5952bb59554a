-- title: Freshness against the declared frequency
-- 제목: 갱신 주기 준수
-- definition: Datasets that declare how often they are renewed: on time if the last file is no older than that on the last day of the period (a month is 31 days, a quarter 92, a year 366).
-- 정의: 갱신 주기를 밝힌 데이터셋 중 기준일에 최근 파일이 주기 안에 있는 비율(한 달은 31일, 분기는 92일, 1년은 366일).
SELECT frequency, count(*) AS datasets, count(*) FILTER (NOT is_late) AS on_time, round(count(*) FILTER (NOT is_late) / count(*), 4) AS on_time_share, median(age_days) AS age_days_median
FROM dataset_state
WHERE due_days IS NOT NULL
GROUP BY frequency, due_days
ORDER BY due_days, frequency

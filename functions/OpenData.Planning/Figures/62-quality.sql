-- title: Quality by agency
-- 제목: 기관별 품질
-- definition: Means over the agency's datasets: metadata after data.europa.eu's MQA (0 to 405 points) and data (0 to 1: completeness, validity, uniqueness, freshness on the day of the report). The last file of each dataset counts.
-- 정의: 기관별 평균. 메타데이터는 data.europa.eu의 MQA(0~405점), 데이터는 완전성·유효성·유일성·보고일 기준 최신성(0~1). 데이터셋별 최근 파일 기준.
SELECT agency, count(*) AS datasets, round(avg(metadata_score), 1) AS metadata_points, round(avg(data_score), 3) AS data_quality
FROM dataset_state
WHERE metadata_score IS NOT NULL OR data_score IS NOT NULL
GROUP BY agency
ORDER BY agency

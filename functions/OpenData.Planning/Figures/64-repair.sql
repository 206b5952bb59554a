-- title: From quarantine to repair
-- 제목: 반려 후 수정까지
-- definition: Files rejected in the period, by agency: repaired by a later file of the same dataset that was published, the days that took (median and 90th percentile), and those still open on the last day.
-- 정의: 기간 중 반려된 파일 중 같은 데이터셋의 이후 파일이 공개되어 해결된 건수와 소요 일수(중앙값, 90백분위수), 기간 말 미해결 건수.
WITH rejected AS (
    SELECT agency, date_diff('second', dropped_at, (SELECT min(later.dropped_at) FROM uploads later
               WHERE later.agency = u.agency AND later.dataset = u.dataset AND later.state = 'published' AND NOT ends_with(later.path, '/dataset.json')
                 AND later.dropped_at > u.dropped_at AND later.dropped_at::DATE <= getvariable('last'))) / 86400 AS days
    FROM uploads u WHERE state = 'rejected' AND dropped_at::DATE BETWEEN getvariable('first') AND getvariable('last')
)
SELECT agency, count(*) AS rejected, count(days) AS repaired, round(median(days), 2) AS repair_days_median, round(quantile_cont(days, 0.9), 2) AS repair_days_p90, count(*) - count(days) AS still_open
FROM rejected
GROUP BY agency
ORDER BY agency

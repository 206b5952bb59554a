-- title: Machine-readable and open-format share
-- 제목: 기계 판독·오픈 포맷 비율
-- definition: Of the files dropped in the period: the share that a table could be read from, and the share in an open format; as defined in the table of formats.
-- 정의: 기간 중 올라온 파일 중 기계 판독 가능 비율과 오픈 포맷 비율(형식 표의 정의에 따름).
SELECT count(*) AS files, round(count(format) / count(*), 4) AS machine_readable_share,
       round(count(*) FILTER (split_part(format, '.', 1) IN ('csv', 'tsv', 'json', 'ndjson', 'parquet')) / count(*), 4) AS open_format_share
FROM uploads
WHERE NOT ends_with(path, '/dataset.json') AND dropped_at::DATE BETWEEN getvariable('first') AND getvariable('last')
HAVING count(*) > 0

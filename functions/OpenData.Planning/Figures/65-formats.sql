-- title: Formats that agencies drop
-- 제목: 기관이 올린 파일 형식
-- definition: Files dropped in the period by format. Machine-readable: a table could be read from it. Open: CSV, TSV, JSON, NDJSON or Parquet (three stars and more of the five-star scheme). What is published from them is open in every case.
-- 정의: 기간 중 올라온 파일의 형식. 기계 판독 가능: 표로 읽을 수 있는 형식. 오픈 포맷: CSV, TSV, JSON, NDJSON, Parquet(5성급 기준 3성 이상). 여기서 공개되는 결과물은 모두 오픈 포맷.
WITH files AS (
    SELECT coalesce(split_part(format, '.', 1), 'unknown') AS format FROM uploads
    WHERE NOT ends_with(path, '/dataset.json') AND dropped_at::DATE BETWEEN getvariable('first') AND getvariable('last')
)
SELECT format, count(*) AS files, round(count(*) / sum(count(*)) OVER (), 4) AS share, format <> 'unknown' AS machine_readable, format IN ('csv', 'tsv', 'json', 'ndjson', 'parquet') AS open_format
FROM files
GROUP BY format
ORDER BY files DESC, format

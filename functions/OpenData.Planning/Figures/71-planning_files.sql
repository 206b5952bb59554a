-- title: The planners' files
-- 제목: 계획 자료 파일
-- definition: Each file dropped for planning, the rows that are in use, its errors and warnings, and since when the version in use was accepted where the last one cannot be used. The problem report beside the file has each of them.
-- 정의: 계획 수립용으로 올라온 파일별 사용 중인 행 수, 오류와 경고 수, 최근 파일을 쓸 수 없을 때 사용 중인 이전 파일의 날짜. 자세한 내용은 파일 옆 문제 보고서 참조.
SELECT path, rows AS rows_used, errors, warnings, kept_from
FROM planning_files
ORDER BY path

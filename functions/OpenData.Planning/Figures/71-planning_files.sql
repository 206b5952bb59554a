-- title: The planners' files
-- 제목: 계획 자료 파일
-- definition: Each file dropped for planning, the rows that were used, and its errors and warnings; each of them is told in the problem report beside the file.
-- 정의: 계획 수립용으로 올라온 파일별 사용된 행 수, 오류와 경고 수. 자세한 내용은 파일 옆 문제 보고서 참조.
SELECT path, rows AS rows_used, errors, warnings
FROM planning_files
ORDER BY path

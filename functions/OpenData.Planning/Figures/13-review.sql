-- title: Retire or review: unused and costly
-- 제목: 정비·폐기 검토: 미이용 데이터셋
-- definition: Datasets that have been public for at least 90 days, whose records nobody queried, exported or downloaded in the period, and that nobody asks for. Ordered by what they cost: files to process in the period, then bytes stored.
-- 정의: 개방 후 90일 이상 지났고 기간 중 조회·내보내기·다운로드가 없었으며 수요도 없는 데이터셋. 비용(기간 중 처리 파일 수, 저장 용량) 순.
SELECT dataset_id, title, publisher, views, updates, bytes, dataset_state.published_at::DATE AS published_on,
       format('{}일간 이용 없음; 파일 {}건 처리, {:.1f} MB 저장', days_covered(), updates, bytes / 1e6) AS reason_ko,
       format('no use in {} days; files processed: {}; {:.1f} MB stored', days_covered(), updates, bytes / 1e6) AS reason_en
FROM dataset_state LEFT JOIN candidates USING (dataset_id) LEFT JOIN demand USING (candidate_id)
WHERE calls + downloads = 0 AND coalesce(demand, 0) = 0 AND date_diff('day', dataset_state.published_at::DATE, getvariable('last')) >= 90
ORDER BY updates DESC, bytes DESC, dataset_id

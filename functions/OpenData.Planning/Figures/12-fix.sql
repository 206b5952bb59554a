-- title: Fix: published and wanted, with faults
-- 제목: 개선 대상: 수요가 있으나 품질 미흡
-- definition: Published datasets that are used or wanted and have a fault: late against their declared frequency, last file rejected, data quality below 0.7, metadata rated bad by the MQA (120 points or fewer), rated below 3 of 5 by at least five people, or problems reported at least five times. The most used first.
-- 정의: 이용되거나 요구되는 개방 데이터셋 중 갱신 지연, 최근 파일 반려, 데이터 품질 0.7 미만, 메타데이터 품질(MQA) 120점 이하, 평점 3점 미만(5명 이상), 문제 신고 5건 이상 중 하나라도 해당하는 것. 이용이 많은 순.
SELECT dataset_id, title, publisher, calls + downloads AS uses, round(coalesce(demand, 0), 4) AS demand,
       concat_ws('; ', CASE WHEN is_late THEN format('갱신 지연: {}일 경과(선언 주기 {})', age_days, lower(frequency)) END,
           CASE WHEN last_rejected THEN '최근 파일 반려' END, CASE WHEN is_poor_data THEN format('데이터 품질 {:.2f}', data_score) END,
           CASE WHEN is_poor_metadata THEN format('메타데이터 {:.0f}/405점', metadata_score) END, CASE WHEN is_poor_rated THEN format('평점 {:.1f}/5', rating) END,
           CASE WHEN is_reported THEN format('문제 신고 {}건', problems_reported) END) AS reason_ko,
       concat_ws('; ', CASE WHEN is_late THEN format('late: {} days old, declared {}', age_days, lower(frequency)) END,
           CASE WHEN last_rejected THEN 'last file rejected' END, CASE WHEN is_poor_data THEN format('data quality {:.2f}', data_score) END,
           CASE WHEN is_poor_metadata THEN format('metadata {:.0f} of 405 points', metadata_score) END, CASE WHEN is_poor_rated THEN format('rated {:.1f} of 5', rating) END,
           CASE WHEN is_reported THEN format('{} problems reported', problems_reported) END) AS reason_en
FROM dataset_state LEFT JOIN candidates USING (dataset_id) LEFT JOIN demand USING (candidate_id)
WHERE (calls + downloads > 0 OR demand > 0) AND (is_late OR last_rejected OR is_poor_data OR is_poor_metadata OR is_poor_rated OR is_reported)
ORDER BY uses DESC, demand DESC, dataset_id

-- title: Fix: published and wanted, with faults
-- 제목: 개선 대상: 수요가 있으나 품질 미흡
-- definition: Published datasets that are used or wanted and have a fault: late against their declared frequency, last file rejected, data quality below 0.7, metadata rated bad by the MQA (120 points or fewer), rated below 3 of 5 by at least five verified people, or problems reported by at least five people. The most used first; the reason says what to do.
-- 정의: 이용되거나 요구되는 개방 데이터셋 중 갱신 지연, 최근 파일 반려, 데이터 품질 0.7 미만, 메타데이터 품질(MQA) 120점 이하, 확인된 5명 이상의 평점 3점 미만, 5명 이상의 문제 신고 중 하나라도 해당하는 것과 조치 방법. 이용이 많은 순.
SELECT dataset_id, title, publisher, agency, calls + downloads AS uses, round(coalesce(demand, 0), 4) AS demand,
       concat_ws('; ', CASE WHEN is_late THEN format('갱신하기: {}일 경과(선언 주기 {})', age_days, lower(frequency)) END,
           CASE WHEN last_rejected THEN '반려된 최근 파일을 고쳐 다시 올리기' END,
           CASE WHEN is_poor_data THEN concat(coalesce(nullif(data_advice_ko, ''), '데이터 보완'), format('(데이터 품질 {:.2f})', data_score)) END,
           CASE WHEN is_poor_metadata THEN concat(coalesce(nullif(metadata_advice_ko, ''), '메타데이터 보완'), format('(메타데이터 {:.0f}/405점)', metadata_score)) END,
           CASE WHEN is_poor_rated THEN format('평점 {:.1f}/5의 원인 확인', rating) END,
           CASE WHEN is_reported THEN format('{}명의 문제 신고에 답하기', problems_reported) END) AS reason_ko,
       concat_ws('; ', CASE WHEN is_late THEN format('renew it: {} days old, declared {}', age_days, lower(frequency)) END,
           CASE WHEN last_rejected THEN 'mend the last file, which was rejected' END,
           CASE WHEN is_poor_data THEN concat(coalesce(nullif(data_advice_en, ''), 'improve the data'), format(' (data quality {:.2f})', data_score)) END,
           CASE WHEN is_poor_metadata THEN concat(coalesce(nullif(metadata_advice_en, ''), 'improve the metadata'), format(' (metadata {:.0f} of 405 points)', metadata_score)) END,
           CASE WHEN is_poor_rated THEN format('find out why it is rated {:.1f} of 5', rating) END,
           CASE WHEN is_reported THEN format('answer the problems that {} people reported', problems_reported) END) AS reason_en
FROM (SELECT * EXCLUDE (published_at) FROM dataset_state) LEFT JOIN (SELECT candidate_id, dataset_id FROM candidates) USING (dataset_id) LEFT JOIN demand USING (candidate_id)
WHERE (calls + downloads > 0 OR demand > 0) AND (is_late OR last_rejected OR is_poor_data OR is_poor_metadata OR is_poor_rated OR is_reported)
ORDER BY uses DESC, demand DESC, dataset_id

-- The days' sums; what the columns mean stands in Compaction/usage.sql, searches.sql and fields.sql.
CREATE TABLE usage (
    day DATE, grain VARCHAR, key VARCHAR, requests BIGINT, views BIGINT, calls BIGINT, downloads BIGINT, rows BIGINT, bytes BIGINT,
    users BIGINT, view_users BIGINT, api_users BIGINT, download_users BIGINT, refused BIGINT, bot_requests BIGINT, converted_users BIGINT);
CREATE TABLE searches (
    day DATE, term VARCHAR, dataset_id VARCHAR, searches BIGINT, unmet_searches BIGINT, searchers BIGINT, unmet_searchers BIGINT);
CREATE TABLE fields (day DATE, dataset_id VARCHAR, field VARCHAR, selected BIGINT, filtered BIGINT);

using System.ComponentModel;
using System.Text.Json.Nodes;
using ModelContextProtocol.Server;
using OpenData.Api.Pipeline;
using OpenData.Lake;
using OpenData.Query;
using OpenData.Query.Compilation;
using OpenData.Query.Formats;
using OpenData.Query.Language;
using OpenData.Query.Subjects;
using OpenData.Usage;

namespace OpenData.Api.Mcp;

/// <summary>The tools that read a dataset's records.</summary>
internal sealed class McpRecordTools(QueryEngine engine, PublicAddress address, McpCall call)
{
    private const int MaxRecords = 100;
    private const int MaxOffset = QueryLimits.RecordsWindow - MaxRecords;
    private const string Language =
        "where: 시도 = \"경기도\" and 피해 > 1000, 날짜 in [date'2025-01-01' TO date'2025-12-31'], search(\"누전\"). "
        + "select: count(*) as n, sum(피해) as total, avg(x). group_by: 시도, year(날짜), range(x, 10). order_by: n desc.";

    private ServedDataset? _asked;

    [McpServerTool(Name = "query_records", Title = "Query records", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("Filters, selects, groups, sums and sorts a dataset's records. Aggregates are computed over all records, so ask for them "
        + "instead of reading rows. " + Language)]
    public Task<string> QueryAsync(
        [Description("The dataset's id, such as fire-incidents@nfa.")] string dataset_id,
        [Description("Fields, expressions and aggregates, such as 'count(*) as n'. Empty for all fields.")] string? select = null,
        [Description("The condition. Empty for all records.")] string? where = null,
        [Description("What to group by, such as '시도' or 'month(발생일시) as month'.")] string? group_by = null,
        [Description("What to sort by, such as 'n desc'.")] string? order_by = null,
        [Description("How many results, 1 to 100.")] int limit = 20,
        [Description("How many results to leave out before the first.")] int offset = 0,
        [Description("The IANA time zone of datetimes, such as Asia/Seoul.")] string timezone = "UTC",
        CancellationToken cancellation = default) => McpAnswer.RunAsync(
            async () =>
            {
                call.Details.Kind = UsageKind.Records;
                call.Details.DatasetId = dataset_id;
                if (!engine.TimeZones.Contains(timezone))
                {
                    throw Invalid($"timezone is '{timezone}': it must be an IANA time zone such as Asia/Seoul.");
                }

                if (limit is < 1 or > MaxRecords) throw Invalid($"limit is {limit}: it must be from 1 to {MaxRecords}.");
                if (offset is < 0 or > MaxOffset) throw Invalid($"offset is {offset}: it must be from 0 to {MaxOffset}.");
                var dataset = _asked = await FindAsync(engine, dataset_id, call, cancellation);
                var question = new QueryRequest
                {
                    Select = Given(select),
                    Where = Given(where) is { } condition ? [condition] : [],
                    GroupBy = Given(group_by),
                    OrderBy = Given(order_by),
                    Limit = limit,
                    Offset = offset,
                    TimeZone = timezone,
                    Caller = call.Request.CallerName(),
                };
                var page = await engine.RecordsAsync(
                    dataset, question, RecordFormat.Json, new FormatOptions(), count: question.GroupBy is null, cancellation);
                Describe(dataset, page);
                return Answer(dataset, page, offset, limit);
            },
            Hint);

    [McpServerTool(Name = "get_record", Title = "Get one record", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("One record by its id, as the API's include_app_metas=true shows it: {version}-{row}. It stays the same record for ever.")]
    public Task<string> RecordAsync(
        [Description("The dataset's id.")] string dataset_id,
        [Description("The record's id, {version}-{row} with rows from 0.")] string record_id,
        CancellationToken cancellation = default) => McpAnswer.RunAsync(
            async () =>
            {
                call.Details.Kind = UsageKind.Records;
                call.Details.DatasetId = dataset_id;
                if (!ServedDataset.TryParseRecordId(record_id, out var version, out var row)
                    || await engine.FindAsync(dataset_id, version, call.Request.Viewer(),
                        cancellation) is not { } dataset || row >= dataset.Rows)
                {
                    throw ApiException.NotFound(
                        $"There is no record '{record_id}' in the dataset '{dataset_id}'. Its id is {{version}}-{{row}}.");
                }

                var single = dataset.Single(row, out var within);
                var page = await engine.RecordsAsync(
                    single, new QueryRequest { Limit = 1, Offset = within, Caller = call.Request.CallerName() },
                    RecordFormat.Json, new FormatOptions(), count: false, cancellation);
                Describe(dataset, page);
                return Answer(dataset, page, 0, limit: 2);
            },
            () => "");

    /// <summary>A dataset by its id.</summary>
    /// <exception cref="ApiException">404: there is none.</exception>
    internal static async Task<ServedDataset> FindAsync(
        QueryEngine engine, string datasetId, McpCall call, CancellationToken cancellation) =>
        await engine.FindAsync(datasetId, null, call.Request.Viewer(), cancellation) is { } dataset
            ? dataset
            : throw ApiException.NotFound($"There is no dataset '{datasetId}'. search_datasets lists the ids there are.");

    private JsonObject Answer(ServedDataset dataset, RecordPage page, int offset, int limit)
    {
        var answer = new JsonObject { ["source"] = McpAnswer.Source(dataset, address.Root(call.Request)) };
        if (page.TotalCount is { } total) answer["total_count"] = total;
        var records = JsonNode.Parse(page.Content.Span)!.AsArray();
        answer["results"] = McpAnswer.Fit(records, McpAnswer.MaxBytes - McpAnswer.Size(answer) - 120, out var cut);
        var shown = answer["results"]!.AsArray().Count;
        if (cut || (page.Count == limit && (page.TotalCount ?? long.MaxValue) > offset + shown)) answer["next_offset"] = offset + shown;
        if (cut) answer["truncated"] = "The answer would be too long: select fewer fields, or aggregate.";
        return answer;
    }

    private void Describe(ServedDataset dataset, RecordPage page)
    {
        var details = call.Details;
        details.Version = dataset.Version.Version;
        details.Rows = page.Count;
        if (!dataset.IsPublic) return;
        details.Fields = page.Footprint.Fields;
        details.Filters = page.Footprint.Filters;
        details.Search = page.Footprint.Search;
        if (details.Search is not null) details.Hits = page.TotalCount;
    }

    private string Hint() => _asked is { } dataset
        ? $"The fields are {McpAnswer.Shorten(string.Join(", ", dataset.Version.Fields.Select(NameAndType)), 2000)}. {Language}"
        : "";

    private static string NameAndType(Field field) => $"{field.Name} ({McpAnswer.Node(field.Type)})";

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static ApiException Invalid(string message) => new(400, "InvalidParameter", message);
}

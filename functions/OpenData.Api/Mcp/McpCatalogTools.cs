using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Server;
using OpenData.Api.Pipeline;
using OpenData.Catalog.Quality;
using OpenData.Lake;
using OpenData.Query;
using OpenData.Query.Compilation;
using OpenData.Query.Formats;
using OpenData.Query.Subjects;
using OpenData.Usage;

namespace OpenData.Api.Mcp;

/// <summary>The tools that find and describe datasets.</summary>
internal sealed class McpCatalogTools(QueryEngine engine, PublicAddress address, TimeProvider time, McpCall call)
{
    private const int MaxFound = 20;
    private const int Samples = 2;
    private const string NothingFound =
        "No dataset has any of these words. An empty query lists all datasets; list_data_requests shows what was asked for.";

    [McpServerTool(Name = "search_datasets", Title = "Search datasets", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("Finds datasets by words in Korean or English, the best match first. A question in plain words will do.")]
    public Task<string> SearchAsync(
        [Description("Words to find datasets by, such as '화재 발생' or '아파트 매매 가격'. Empty lists all.")] string query = "",
        [Description("How many datasets at most, 1 to 20.")] int limit = 10,
        CancellationToken cancellation = default) => McpAnswer.RunAsync(
            async () =>
            {
                call.Details.Kind = UsageKind.Catalog;
                call.Details.Search = query;
                var catalog = await engine.CatalogAsync(cancellation);
                var condition = PlainQuestion.Condition(query);
                var request = new QueryRequest { Where = condition is null ? [] : [condition], Limit = Math.Clamp(limit, 1, MaxFound) };
                var page = await engine.RecordsAsync(
                    catalog, request with { Select = "dataset_id" }, RecordFormat.Json, new FormatOptions(), count: true, cancellation);
                call.Details.Rows = page.Count;
                call.Details.Hits = page.TotalCount;
                var answer = new JsonObject { ["total_count"] = page.TotalCount };
                if (page.Count == 0) answer["hint"] = NothingFound;
                using var found = await engine.DatasetsAsync(catalog, request, cancellation);
                answer["datasets"] = McpAnswer.Fit(
                    found.Read(cancellation).Select(Summary), McpAnswer.MaxBytes - McpAnswer.Size(answer) - 50, out var cut);
                if (cut) answer["truncated"] = true;
                return answer;
            },
            () => "");

    [McpServerTool(Name = "describe_dataset", Title = "Describe a dataset", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("A dataset's fields with types and statistics, two sample records, quality, licence, version and address.")]
    public Task<string> DescribeAsync(
        [Description("The dataset's id, such as fire-incidents@nfa.")] string dataset_id, CancellationToken cancellation = default) =>
        McpAnswer.RunAsync(
            async () =>
            {
                call.Details.Kind = UsageKind.Dataset;
                call.Details.DatasetId = dataset_id;
                var dataset = await McpRecordTools.FindAsync(engine, dataset_id, call, cancellation);
                var quality = DatasetQuality.Of(dataset.Entry.Metadata, dataset.Version, time.GetUtcNow());
                var answer = new JsonObject
                {
                    ["source"] = McpAnswer.Source(dataset, address.Root(call.Request)),
                    ["description"] = McpAnswer.Shorten(dataset.Entry.Metadata.Description, 600),
                    ["records"] = dataset.Rows,
                    ["update_frequency"] = dataset.Entry.Metadata.UpdateFrequency,
                    ["quality_percent"] = quality.Percent,
                };
                var statistics = dataset.ShowsRecords ? dataset.Version.FieldProfilesByName() : [];
                var budget = McpAnswer.MaxBytes - McpAnswer.Size(answer) - 200;
                answer["fields"] = McpAnswer.Fit(
                    dataset.Version.Fields.Select(field => Describe(field, statistics.GetValueOrDefault(field.Name))), budget, out var cut);
                if (cut) answer["fields_omitted"] = dataset.Version.Fields.Count - answer["fields"]!.AsArray().Count;
                answer["data_visible"] = dataset.ShowsRecords;
                if (!dataset.ShowsRecords) return answer;
                var sample = await engine.RecordsAsync(
                    dataset, new QueryRequest { Limit = Samples, Caller = call.Request.CallerName() },
                    RecordFormat.Json, new FormatOptions(), count: false, cancellation);
                var records = JsonNode.Parse(sample.Content.Span)!.AsArray();
                if (McpAnswer.Size(answer) + McpAnswer.Size(records) < McpAnswer.MaxBytes) answer["sample"] = records;
                return answer;
            },
            () => "search_datasets lists the ids there are.");

    private JsonObject Summary(ServedDataset dataset) => new()
    {
        ["dataset_id"] = dataset.Version.DatasetId,
        ["title"] = dataset.Entry.Title,
        ["description"] = McpAnswer.Shorten(dataset.Entry.Metadata.Description, 200),
        ["publisher"] = dataset.Entry.Publisher,
        ["license"] = dataset.Entry.Metadata.License ?? "not stated",
        ["version"] = dataset.Version.Version,
        ["records"] = dataset.Rows,
        ["fields"] = McpAnswer.Shorten(string.Join(", ", dataset.Version.Fields.Select(field => field.Name)), 300),
        ["url"] = McpAnswer.UrlOf(dataset, address.Root(call.Request)),
    };

    private static JsonObject Describe(Field field, JsonElement statistics)
    {
        var described = new JsonObject { ["name"] = field.Name, ["type"] = McpAnswer.Node(field.Type) };
        if (field.Label != field.Name) described["label"] = McpAnswer.Shorten(field.Label, 100);
        if (field.Description is { } description) described["description"] = McpAnswer.Shorten(description, 200);
        if (statistics.ValueKind != JsonValueKind.Object) return described;
        foreach (var name in new[] { "nulls", "distinct", "min", "max", "mean" })
        {
            if (!statistics.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) continue;
            described[name] = value.ValueKind == JsonValueKind.String
                ? McpAnswer.Shorten(value.GetString(), 60)
                : JsonNode.Parse(value.GetRawText());
        }

        return described;
    }
}

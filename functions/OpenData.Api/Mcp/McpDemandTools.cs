using System.ComponentModel;
using System.Text.Json.Nodes;
using ModelContextProtocol.Server;
using OpenData.Api.Demand;
using OpenData.Api.Pipeline;
using OpenData.Api.Routing;
using OpenData.Demand.Drops;
using OpenData.Demand.Requests;
using OpenData.Usage;

namespace OpenData.Api.Mcp;

/// <summary>The tools that tell what data is planned and what people have asked for.</summary>
internal sealed class McpDemandTools(RequestBoard board, CurrentPlan plan, PublicAddress address, McpCall call)
{
    private const int MaxRequests = 20;

    [McpServerTool(Name = "list_data_requests", Title = "List data requests", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("What people have asked for that is not published yet, the latest first, with state and reason.")]
    public Task<string> RequestsAsync(
        [Description("Words, all of which are in the title or in what is wanted. Empty for all.")] string query = "",
        [Description("open, extended, accepted, refused, in-mediation or released. Empty for all.")] string state = "",
        [Description("How many, 1 to 20.")] int limit = 10,
        CancellationToken cancellation = default) => McpAnswer.RunAsync(
            async () =>
            {
                call.Details.Kind = UsageKind.Demand;
                var filter = RequestFilter.Of(query, state, Math.Clamp(limit, 1, MaxRequests));
                var found = new List<DataRequest>();
                await foreach (var request in board.ListAsync(cancellation))
                {
                    if (filter.Matches(request)) found.Add(request);
                }

                var deadline = await plan.DeadlineAsync(cancellation);
                var latest = found
                    .OrderByDescending(request => request.OpenedAt)
                    .ThenBy(request => request.RequestId, StringComparer.Ordinal);
                var answer = new JsonObject
                {
                    ["total_count"] = found.Count,
                    ["url"] = $"{address.Root(call.Request)}/{Routes.DataRequests}",
                };
                answer["requests"] = McpAnswer.Fit(
                    latest.Take(filter.Limit).Select(request => McpAnswer.Node(PublicRequest.Of(request, deadline))),
                    McpAnswer.MaxBytes - McpAnswer.Size(answer) - 50, out var cut);
                if (cut) answer["truncated"] = true;
                return answer;
            },
            () => "");

    [McpServerTool(Name = "get_release_plan", Title = "Get the release plan", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("What the government plans to publish: items with agency, planned quarter and, once published, dataset.")]
    public Task<string> PlanAsync(
        [Description("A word that an item's name, area or agency has. Empty for all.")] string query = "",
        CancellationToken cancellation = default) => McpAnswer.RunAsync(
            async () =>
            {
                call.Details.Kind = UsageKind.Demand;
                var current = await plan.GetAsync(cancellation);
                var items = from area in current.Areas
                            from item in area.Items
                            let names = $"{area.Name.Ko} {area.Name.En} {item.Name.Ko} {item.Name.En}"
                            let words = $"{names} {item.Agency} {string.Join(' ', item.Keywords)}"
                            where words.Contains(UnicodeText.Nfc(query.Trim()), StringComparison.OrdinalIgnoreCase)
                            select new JsonObject
                            {
                                ["id"] = item.Id,
                                ["name"] = item.Name.Ko,
                                ["name_en"] = item.Name.En,
                                ["area"] = area.Name.Ko,
                                ["agency"] = item.Agency,
                                ["planned"] = item.Planned,
                                ["dataset_id"] = item.DatasetId,
                            };
                var found = items.ToList();
                var answer = new JsonObject
                {
                    ["plan"] = current.Name.Ko,
                    ["example"] = current.Example,
                    ["first_day"] = McpAnswer.Node(current.FirstDay),
                    ["last_day"] = McpAnswer.Node(current.LastDay),
                    ["total_count"] = found.Count,
                    ["source"] = "the plan of the planners in force",
                    ["url"] = $"{address.Root(call.Request)}/{Routes.LatestReport}",
                };
                answer["items"] = McpAnswer.Fit(found, McpAnswer.MaxBytes - McpAnswer.Size(answer) - 50, out var cut);
                if (cut) answer["truncated"] = true;
                return answer;
            },
            () => "");
}

using System.Text.Json;
using OpenData.Demand.Drops;
using OpenData.Demand.Requests;
using OpenData.Portal.Plans;
using OpenData.Portal.Rendering;
using OpenData.Query;
using OpenData.Query.Compilation;
using OpenData.Query.Formats;

namespace OpenData.Portal.Home;

/// <summary>The home page.</summary>
internal sealed class HomeHandler(QueryEngine engine, RequestBoard board, CurrentPlan plan) : IPageHandler
{
    private const int Latest = 6;

    /// <inheritdoc/>
    public async Task<PageAnswer> GetAsync(PageRequest request, CancellationToken cancellation)
    {
        var catalog = await engine.CatalogAsync(cancellation);
        var latest = await engine.RecordsAsync(
            catalog, new QueryRequest { Select = DatasetSummary.Fields, OrderBy = "modified desc", Limit = Latest }, RecordFormat.Json,
            new FormatOptions(), count: true, cancellation);
        var sum = await engine.RecordsAsync(
            catalog, new QueryRequest { Select = "sum(records_count) as records" }, RecordFormat.Json, new FormatOptions(), count: false,
            cancellation);
        var facets = await engine.FacetsAsync(catalog, new QueryRequest { Facets = ["theme", "publisher"] }, cancellation);
        var current = await plan.GetAsync(cancellation);
        var published = await PublishedItems.OfAsync(current, engine, cancellation);
        var open = 0;
        await foreach (var each in board.ListAsync(cancellation))
        {
            if (each.Moderation == Moderation.Shown && each.State is RequestState.Open or RequestState.Extended) open++;
        }

        var model = new HomeModel
        {
            Datasets = latest.TotalCount ?? 0,
            Records = Records(sum.Content),
            OpenRequests = open,
            Themes = Values("theme"),
            Publishers = Values("publisher"),
            Latest = DatasetSummary.Read(latest.Content),
            PlanName = request.View.Language == "ko" ? current.Name.Ko : current.Name.En,
            PlanItems = current.Items.Count(),
            PlanReleased = published.Count,
        };
        return new Page(typeof(HomePage), model) { Title = request.View.PortalName };

        IReadOnlyList<(string, long)> Values(string facet) =>
            [.. facets.Where(one => one.Name == facet).SelectMany(one => one.Facets).Select(value => (value.Name, value.Count ?? 0))];
    }

    private static long Records(ReadOnlyMemory<byte> answer)
    {
        using var document = JsonDocument.Parse(answer);
        return document.RootElement[0].GetProperty("records") is { ValueKind: JsonValueKind.Number } sum ? (long)sum.GetDouble() : 0;
    }
}

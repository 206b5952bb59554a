using OpenData.Demand.Drops;
using OpenData.Demand.Plans;
using OpenData.Lake;
using OpenData.Planning;
using OpenData.Portal.Rendering;
using OpenData.Query;

namespace OpenData.Portal.Plans;

/// <summary>The release plan with what became of each item, and the editions of the planners' report.</summary>
internal sealed class PlanHandler(CurrentPlan plan, QueryEngine engine, Storage storage) : IPageHandler
{
    /// <inheritdoc/>
    public async Task<PageAnswer> GetAsync(PageRequest request, CancellationToken cancellation)
    {
        var current = await plan.GetAsync(cancellation);
        var view = request.View;
        var today = view.Time.DayOf(view.Now);
        var published = await PublishedItems.OfAsync(current, engine, cancellation);
        var model = new PlanModel
        {
            Name = Name(current.Name.Ko, current.Name.En),
            IsExample = current.Example,
            FirstDay = current.FirstDay,
            LastDay = current.LastDay,
            Areas = [.. current.Areas.Select(area => new PlanAreaModel(Name(area.Name.Ko, area.Name.En), [.. area.Items.Select(Model)]))],
            Editions = await ReportShelf.ListAsync(storage, cancellation),
        };
        return new Page(typeof(PlanPage), model) { Title = view.Text("plan.title"), Section = "plan" };

        PlanItemModel Model(PlanItem item)
        {
            var isPublished = published.Contains(item.Id);
            return new PlanItemModel(
                Name(item.Name.Ko, item.Name.En), item.Agency, item.Planned, State(item, isPublished, today),
                isPublished ? item.DatasetId : null);
        }

        string Name(string ko, string en) => view.Language == "ko" ? ko : en;
    }

    private static string State(PlanItem item, bool published, DateOnly today)
    {
        if (published) return "released";
        if (!Quarter.TryParse(item.Planned, out _, out var last)) return "candidate";
        return last < today ? "late" : "promised";
    }
}

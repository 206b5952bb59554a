using OpenData.Catalog.Publication;
using OpenData.Demand.Plans;
using OpenData.Query;

namespace OpenData.Portal.Plans;

/// <summary>Which items of a plan everybody can find as datasets.</summary>
internal static class PublishedItems
{
    /// <summary>The ids of the items.</summary>
    public static async Task<IReadOnlySet<string>> OfAsync(ReleasePlan plan, QueryEngine engine, CancellationToken cancellation)
    {
        var published = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in plan.Items)
        {
            if (item.DatasetId is { } id && await engine.FindAsync(id, null, Viewer.Anybody, cancellation) is not null)
            {
                published.Add(item.Id);
            }
        }

        return published;
    }
}

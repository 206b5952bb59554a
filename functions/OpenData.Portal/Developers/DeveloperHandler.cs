using OpenData.Portal.Rendering;
using OpenData.Query;
using OpenData.Query.Compilation;

namespace OpenData.Portal.Developers;

/// <summary>How programs use the portal.</summary>
internal sealed class DeveloperHandler(QueryEngine engine, OpenDataSettings settings) : IPageHandler
{
    /// <inheritdoc/>
    public async Task<PageAnswer> GetAsync(PageRequest request, CancellationToken cancellation)
    {
        var catalog = await engine.CatalogAsync(cancellation);
        using var first = await engine.DatasetsAsync(catalog, new QueryRequest { OrderBy = "dataset_id", Limit = 1 }, cancellation);
        var example = first.Read(cancellation).FirstOrDefault()?.Version.DatasetId ?? "dataset@agency";
        var withKey = Math.Max(settings.CallsPerMinute, settings.CallsPerMinuteWithKey);
        var model = new DeveloperModel(PortalView.Escape(example), settings.CallsPerMinute, withKey);
        return new Page(typeof(DeveloperPage), model) { Title = request.View.Text("developers.title"), Section = "developers" };
    }
}

/// <summary>The developers' page.</summary>
/// <param name="Example">The id of a dataset that there is, as it stands in a path.</param>
/// <param name="CallsPerMinute">How many calls a client without a key may make in a minute.</param>
/// <param name="CallsWithKey">How many calls a client with a key may make in a minute.</param>
public sealed record DeveloperModel(string Example, int CallsPerMinute, int CallsWithKey);

using Microsoft.AspNetCore.Http;
using OpenData.Api.Explore;
using OpenData.Query;
using OpenData.Query.Subjects;

namespace OpenData.Api.Harvest;

/// <summary>What harvesters and search engines are answered.</summary>
internal static class HarvestAnswers
{
    private static readonly string[] Meaningless = ["select", "group_by"];

    /// <summary>The catalogue, or those of its datasets that a question concerns.</summary>
    public static async Task<IResult> ExportAsync(
        HttpRequest request, CatalogSnapshot catalog, HarvestFormat format, QueryEngine engine, OpenDataSettings settings, DateTimeOffset now, Used used, CancellationToken cancellation)
    {
        var parameters = await ExploreParameters.ReadAsync(request, cancellation);
        if (Meaningless.FirstOrDefault(name => parameters.One(name) is not null) is { } name)
        {
            throw new ApiException(400, "InvalidRESTParameterError", $"{name} means nothing in {format.Name}: it describes whole datasets. where, refine, exclude, order_by, limit and offset choose which.");
        }

        _ = parameters.Format(); // wrong is wrong, also where it changes nothing
        var question = parameters.Question(engine) with { Limit = parameters.ExportLimit(), Offset = parameters.Offset() };
        question = question with { OrderBy = question.OrderBy ?? format.Order };
        // How fresh a dataset is changes with the day.
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var modified = catalog.LastModified > today ? catalog.LastModified : today;
        if (!question.DependsOnNow && Freshness.NotModified(request, $"{catalog.Fingerprint}{parameters.BodyFingerprint}{today:yyyyMMdd}", modified) is { } known) return known;
        var (datasets, footprint) = await engine.DatasetsAsync(catalog, question, cancellation);
        used.Rows = datasets.Count;
        used.Format = format.Name;
        used.Filters = footprint.Filters;
        used.Search = footprint.Search;
        return new HarvestResult(format, HarvestedCatalog.Of(request, settings, catalog.DescribedAt), datasets, today, parameters.Flag("compressed"));
    }

    /// <summary>Whether the caller would rather have a dataset as schema.org describes it.</summary>
    public static bool WantsSchemaOrg(HttpRequest request) =>
        request.GetTypedHeaders().Accept.OrderByDescending(type => type.Quality ?? 1).FirstOrDefault() is { Quality: not 0 } first
        && first.MediaType.Equals(Harvest.SchemaOrg.MediaType, StringComparison.OrdinalIgnoreCase);

    /// <summary>A dataset as schema.org describes it.</summary>
    public static IResult SchemaOrg(HttpRequest request, ServedDataset dataset, OpenDataSettings settings, DateTimeOffset now)
    {
        var catalog = HarvestedCatalog.Of(request, settings, dataset.DescribedAt);
        var described = Harvest.SchemaOrg.Describe(new HarvestedDataset(dataset, catalog.Iri, now), catalog).ToJsonString(OpenDataJson.Options);
        return Freshness.NotModified(request, described, dataset.DescribedAt) ?? new BytesResult(System.Text.Encoding.UTF8.GetBytes(described), Harvest.SchemaOrg.MediaType);
    }
}

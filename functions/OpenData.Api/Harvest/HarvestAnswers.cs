using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using OpenData.Api.Explore;
using OpenData.Api.Pipeline;
using OpenData.Query;
using OpenData.Query.Subjects;

namespace OpenData.Api.Harvest;

/// <summary>The answers for harvesters and search engines.</summary>
public sealed class HarvestAnswers(QueryEngine engine, OpenDataSettings settings, PublicAddress address, TimeProvider time)
{
    private static readonly string[] TableParameters = ["select", "group_by"];

    // The encoder escapes what HTML gives a meaning, so that no text can end the script element.
    private static readonly JsonSerializerOptions InsidePages = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Whether the caller prefers a dataset as schema.org describes it.</summary>
    internal static bool WantsSchemaOrg(HttpRequest request)
    {
        var preferred = request.GetTypedHeaders().Accept.OrderByDescending(type => type.Quality ?? 1).FirstOrDefault();
        return preferred is { Quality: not 0 }
            && preferred.MediaType.Equals(Harvest.SchemaOrg.MediaType, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The catalogue, or those of its datasets that a question selects.</summary>
    internal async Task<IResult> ExportAsync(
        HttpRequest request, CatalogSnapshot catalog, HarvestFormat format, UsageDetails details, CancellationToken cancellation)
    {
        var parameters = await ExploreParameters.ReadAsync(request, catalog, cancellation);
        if (TableParameters.FirstOrDefault(name => parameters.One(name) is not null) is { } name)
        {
            throw new ApiException(400, "InvalidRESTParameterError",
                $"{name} means nothing in {format.Name}: it describes whole datasets. "
                + "where, refine, exclude, order_by, limit and offset choose which.");
        }

        _ = parameters.Format(); // an invalid value is an error here too, although these formats have no options
        var question = parameters.Question(engine) with { Limit = parameters.ExportLimit(), Offset = parameters.Offset() };
        question = question with { OrderBy = question.OrderBy ?? format.Order };
        var today = Today(); // the quality score's freshness changes with the day
        var modified = catalog.LastModified > today ? catalog.LastModified : today;
        var fingerprint = $"{catalog.Fingerprint}{parameters.BodyFingerprint}{today:yyyyMMdd}";
        if (!question.DependsOnNow && Freshness.NotModified(request, fingerprint, modified, catalog) is { } known) return known;
        var datasets = await engine.DatasetsAsync(catalog, question, cancellation);
        details.Format = format.Name;
        details.Filters = datasets.Footprint.Filters;
        details.Search = datasets.Footprint.Search;
        var described = Describe(request, catalog.DescribedAt);
        return new HarvestResult(format, described, datasets, today, parameters.Flag("compressed"), details);
    }

    /// <summary>A dataset as schema.org describes it.</summary>
    internal IResult SchemaOrg(HttpRequest request, ServedDataset dataset)
    {
        var json = Described(request, dataset).ToJsonString(OpenDataJson.Options);
        return Freshness.NotModified(request, json, dataset.DescribedAt, dataset)
            ?? new BytesResult(Encoding.UTF8.GetBytes(json), Harvest.SchemaOrg.MediaType);
    }

    /// <summary>The same as JSON that can stand inside a script element of a page.</summary>
    public string StructuredData(HttpRequest request, ServedDataset dataset) => Described(request, dataset).ToJsonString(InsidePages);

    private JsonObject Described(HttpRequest request, ServedDataset dataset)
    {
        var catalog = Describe(request, dataset.DescribedAt);
        return Harvest.SchemaOrg.Describe(new HarvestedDataset(dataset, catalog.Iri, time.GetUtcNow()), catalog);
    }

    private DateTimeOffset Today() => new(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);

    private HarvestedCatalog Describe(HttpRequest request, DateTimeOffset modified)
    {
        var root = address.Root(request);
        var publisher = settings.PortalName is { Length: > 0 } name ? name : address.HostName(request);
        return new HarvestedCatalog(root, publisher, modified);
    }
}

using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenData.Api.Explore;
using OpenData.Api.Harvest;
using OpenData.Api.Pipeline;
using OpenData.Api.Routing;
using OpenData.Catalog.Publication;
using OpenData.Query;
using OpenData.Query.Formats;
using OpenData.Query.Subjects;
using OpenData.Usage;

namespace OpenData.Api.Catalog;

/// <summary>The Explore API on the catalogue: the same language, and each record is a dataset.</summary>
public sealed class CatalogEndpoints(
    QueryEngine engine, ExploreAnswers answers, HarvestAnswers harvest, PublicAddress address, TimeProvider time, RequestPipeline pipeline)
{
    private static readonly string[] FormatNames =
        [.. ExportFormats.OfCatalog.Select(format => format.Name), .. HarvestFormat.All.Select(format => format.Name)];

    /// <summary>Where the API leads.</summary>
    public IResult Catalog(HttpRequest request) => pipeline.Run(UsageKind.Catalog, null, (_, _) =>
    {
        var here = address.Of(request);
        string[] paths = ["datasets", "exports", "facets"];
        return Task.FromResult(ExploreAnswers.Json(new
        {
            links = (Link[])[new Link("self", here), .. paths.Select(path => new Link(path, $"{here}/{path}"))],
        }));
    });

    /// <summary>The catalogue as records.</summary>
    public IResult Datasets(HttpRequest request) => pipeline.Run(UsageKind.Catalog, null, async (details, cancellation) =>
        await answers.RecordsAsync(request, await engine.CatalogAsync(cancellation), details, cancellation));

    /// <summary>How many datasets have which themes, publishers, …</summary>
    public IResult Facets(HttpRequest request) => pipeline.Run(UsageKind.Catalog, null, async (details, cancellation) =>
        await answers.FacetsAsync(request, await engine.CatalogAsync(cancellation), details, cancellation));

    /// <summary>The formats on offer.</summary>
    public IResult Exports(HttpRequest request) => pipeline.Run(UsageKind.Catalog, null, (_, _) =>
        Task.FromResult(ExploreAnswers.Json(new { links = Links.OfExports(address.Of(request), FormatNames) })));

    /// <summary>The catalogue as one file: a table, or a format that harvesters read.</summary>
    public IResult Export(HttpRequest request, string format) => pipeline.Run(UsageKind.Harvest, null, async (details, cancellation) =>
    {
        var catalog = await engine.CatalogAsync(cancellation);
        if (ExportFormats.OfCatalog.FirstOrDefault(offered => offered.Name == format) is { } table)
        {
            return await answers.ExportAsync(request, catalog, new ExportFile("catalog", table), details, cancellation);
        }

        return HarvestFormat.All.FirstOrDefault(offered => offered.Name == format) is { } harvested
            ? await harvest.ExportAsync(request, catalog, harvested, details, cancellation)
            : throw ApiException.NotFound(
                $"The catalogue has no export format '{format}'. There are {string.Join(", ", FormatNames)}.");
    });

    /// <summary>
    /// One dataset's description; with <c>select</c> what it selects of it; as a schema.org Dataset for whoever accepts
    /// <c>application/ld+json</c>.
    /// </summary>
    public IResult Dataset(HttpRequest request, string dataset_id) =>
        pipeline.Run(UsageKind.Dataset, dataset_id, async (_, cancellation) =>
        {
            if (await engine.FindAsync(dataset_id, null, request.Viewer(), cancellation) is not { } dataset)
            {
                throw ApiException.NotFound(
                    $"There is no dataset '{dataset_id}'. The catalogue is at /{Routes.Datasets}.");
            }

            return HarvestAnswers.WantsSchemaOrg(request)
                ? harvest.SchemaOrg(request, dataset)
                : await DescribeAsync(request, dataset, cancellation);
        });

    private async Task<IResult> DescribeAsync(HttpRequest request, ServedDataset dataset, CancellationToken cancellation)
    {
        var parameters = await ExploreParameters.ReadAsync(request, dataset, cancellation);
        var question = parameters.Question(engine);
        // An agency may change the metadata while the version stays, and the quality score's freshness changes with the day.
        var today = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        var record = DatasetRecord.Of(dataset, today);
        var fingerprint = JsonSerializer.Serialize(record, CatalogSnapshot.Json);
        var modified = dataset.DescribedAt > today ? dataset.DescribedAt : today;
        if (Freshness.NotModified(request, fingerprint, modified, dataset) is { } known) return known;
        if (parameters.One("select") is not null)
        {
            if (!dataset.Visibility.Allows(DatasetParts.Listed))
            {
                throw new ApiException(400, "InvalidRESTParameterError",
                    "select takes from the catalogue, and this dataset is not listed there.");
            }

            question = question with { Where = [$"dataset_id = {JsonSerializer.Serialize(dataset.Version.DatasetId)}"], Limit = 1 };
            var catalog = await engine.CatalogAsync(cancellation);
            var page = await engine.RecordsAsync(
                catalog, question, RecordFormat.Jsonl, new FormatOptions(), count: false, cancellation);
            return new BytesResult(page.Content, "application/json; charset=utf-8");
        }

        return parameters.Flag("include_links")
            ? ExploreAnswers.Json(Links.Into(record, Links.OfDataset(address.Of(request))))
            : ExploreAnswers.Json(record);
    }
}

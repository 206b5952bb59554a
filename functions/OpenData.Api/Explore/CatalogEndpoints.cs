using Microsoft.AspNetCore.Http;
using OpenData.Api.Harvest;
using OpenData.Lake;
using OpenData.Query;
using OpenData.Query.Formats;
using OpenData.Query.Subjects;
using OpenData.Usage;

namespace OpenData.Api.Explore;

/// <summary>The Explore API on the catalogue: the same language, and each record a dataset.</summary>
public static class CatalogEndpoints
{
    private static IEnumerable<string> FormatNames => [.. ExportFormats.OfCatalog.Select(format => format.Name), .. HarvestFormat.All.Select(format => format.Name)];

    /// <summary>Where to go from here.</summary>
    public static IResult Catalog(HttpRequest request, OpenDataSettings settings, Answering answering) =>
        answering.Answer(UsageKind.Catalog, null, (_, _) =>
        {
            var here = Links.Here(request, settings);
            return Task.FromResult(ExploreAnswers.Json(new
            {
                links = new[] { new Link("self", here), new Link("datasets", $"{here}/datasets"), new Link("exports", $"{here}/exports"), new Link("facets", $"{here}/facets") },
            }));
        });

    /// <summary>The catalogue as records.</summary>
    public static IResult Datasets(HttpRequest request, QueryEngine engine, OpenDataSettings settings, Answering answering) =>
        answering.Answer(UsageKind.Catalog, null, async (used, cancellation) =>
            await ExploreAnswers.RecordsAsync(request, await engine.CatalogAsync(cancellation), engine, settings, used, cancellation));

    /// <summary>How many datasets have which themes, publishers, …</summary>
    public static IResult Facets(HttpRequest request, QueryEngine engine, Answering answering) =>
        answering.Answer(UsageKind.Catalog, null, async (used, cancellation) =>
            await ExploreAnswers.FacetsAsync(request, await engine.CatalogAsync(cancellation), engine, used, cancellation));

    /// <summary>The formats on offer.</summary>
    public static IResult Exports(HttpRequest request, OpenDataSettings settings, Answering answering) =>
        answering.Answer(UsageKind.Catalog, null, (_, _) =>
            Task.FromResult(ExploreAnswers.Json(new { links = Links.OfExports(request, settings, FormatNames) })));

    /// <summary>The catalogue as one file: a table, or as harvesters read it.</summary>
    public static IResult Export(HttpRequest request, string format, QueryEngine engine, OpenDataSettings settings, TimeProvider time, Answering answering) =>
        answering.Answer(UsageKind.Harvest, null, async (used, cancellation) =>
        {
            var catalog = await engine.CatalogAsync(cancellation);
            if (ExportFormats.OfCatalog.FirstOrDefault(offered => offered.Name == format) is { } table)
            {
                return await ExploreAnswers.ExportAsync(request, catalog, table, "catalog", engine, used, cancellation);
            }

            return HarvestFormat.All.FirstOrDefault(offered => offered.Name == format) is { } harvested
                ? await HarvestAnswers.ExportAsync(request, catalog, harvested, engine, settings, time.GetUtcNow(), used, cancellation)
                : throw ApiException.NotFound($"The catalogue has no export format '{format}'. There are {string.Join(", ", FormatNames)}.");
        });

    /// <summary>One dataset's description; with <c>select</c> what it selects of it; as a schema.org Dataset for whoever accepts <c>application/ld+json</c>.</summary>
    public static IResult Dataset(HttpRequest request, string dataset_id, QueryEngine engine, OpenDataSettings settings, TimeProvider time, Answering answering) =>
        answering.Answer(UsageKind.Dataset, dataset_id, async (_, cancellation) =>
        {
            if (!DatasetId.TryParse(dataset_id, out var id) || await engine.FindAsync(id, null, cancellation) is not { } dataset)
            {
                throw ApiException.NotFound($"There is no dataset '{dataset_id}'. The catalogue is at /{Routes.Prefix}/{Routes.Datasets}.");
            }

            if (HarvestAnswers.WantsSchemaOrg(request)) return HarvestAnswers.SchemaOrg(request, dataset, settings, time.GetUtcNow());
            var parameters = await ExploreParameters.ReadAsync(request, cancellation);
            var asked = parameters.Question(engine);
            // What the agency says of it may change while the version stays, and how fresh it is changes with the day.
            var today = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
            var record = DatasetRecord.Of(dataset.Entry, dataset.Version, today);
            var fingerprint = System.Text.Json.JsonSerializer.Serialize(record, CatalogSnapshot.Json);
            if (Freshness.NotModified(request, fingerprint, dataset.DescribedAt > today ? dataset.DescribedAt : today) is { } known) return known;
            if (parameters.One("select") is not null)
            {
                var question = asked with { Where = [$"dataset_id = {System.Text.Json.JsonSerializer.Serialize(dataset_id)}"], Limit = 1 };
                var page = await engine.RecordsAsync(await engine.CatalogAsync(cancellation), question, RecordFormat.Jsonl, new FormatOptions(), count: false, cancellation);
                return new BytesResult(page.Content, "application/json; charset=utf-8");
            }

            return parameters.Flag("include_links") ? ExploreAnswers.Json(Links.Into(record, Links.OfDataset(request, settings))) : ExploreAnswers.Json(record);
        });
}

using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using OpenData.Query;
using OpenData.Query.Formats;
using OpenData.Query.Plan;
using OpenData.Query.Subjects;

namespace OpenData.Api.Explore;

/// <summary>What datasets and the catalogue answer alike.</summary>
internal static class ExploreAnswers
{
    // By the names in an Accept header; JSON is what everyone gets who asks for nothing else.
    private static readonly (string MediaType, RecordFormat Format)[] Negotiable =
    [
        ("application/json", RecordFormat.Json), ("text/csv", RecordFormat.Csv), ("application/geo+json", RecordFormat.GeoJson),
        ("application/x-ndjson", RecordFormat.Jsonl), ("application/jsonl", RecordFormat.Jsonl),
    ];

    public static IResult Json(object value) => Results.Json(value, CatalogSnapshot.Json, "application/json; charset=utf-8");

    /// <summary>A page of records, in the format that the caller accepts.</summary>
    public static async Task<IResult> RecordsAsync(
        HttpRequest request, QuerySubject subject, QueryEngine engine, OpenDataSettings settings, Used used, CancellationToken cancellation)
    {
        var parameters = await ExploreParameters.ReadAsync(request, cancellation);
        var (limit, offset) = parameters.Window();
        var question = parameters.Question(engine) with { Limit = limit, Offset = offset };
        if (parameters.Flag("include_links")) question = question with { RecordUrl = Links.Here(request, settings) + "/" };
        if (!question.DependsOnNow && Freshness.NotModified(request, subject, parameters.BodyFingerprint) is { } known) return known;
        var (mediaType, format) = Accepted(request);
        var page = await engine.RecordsAsync(subject, question, format, parameters.Format(), count: !parameters.IsGrouped, cancellation);
        used.Rows = page.Count;
        Note(used, subject, page.Footprint);
        if (used.Search is not null) used.Hits = page.TotalCount;
        var links = new PageLinks(request, settings, limit, offset, page, parameters.IsGrouped);
        links.AddHeader();
        return format == RecordFormat.Json
            ? new RecordsResult(page, parameters.Flag("include_links") ? links.All() : null)
            : new BytesResult(page.Content, mediaType + "; charset=utf-8");
    }

    /// <summary>One record.</summary>
    public static async Task<IResult> RecordAsync(
        HttpRequest request, ServedDataset dataset, long row, QueryEngine engine, OpenDataSettings settings, Used used, CancellationToken cancellation)
    {
        var parameters = await ExploreParameters.ReadAsync(request, cancellation);
        if (Freshness.NotModified(request, dataset) is { } known) return known;
        var question = parameters.Question(engine) with { Where = [], GroupBy = null, OrderBy = null, Refine = [], Exclude = [], Limit = 1 };
        if (parameters.Flag("include_links")) question = question with { RecordUrl = Links.Here(request, settings)[..^Links.LastSegment(request)] };
        var page = await engine.RecordsAsync(dataset.Single(row, out var within), question with { Offset = within }, RecordFormat.Jsonl, new FormatOptions(), count: false, cancellation);
        used.Rows = page.Count;
        return new BytesResult(page.Content, "application/json; charset=utf-8");
    }

    /// <summary><c>{links, facets}</c></summary>
    public static async Task<IResult> FacetsAsync(HttpRequest request, QuerySubject subject, QueryEngine engine, Used used, CancellationToken cancellation)
    {
        var parameters = await ExploreParameters.ReadAsync(request, cancellation);
        var question = parameters.Question(engine);
        if (!question.DependsOnNow && Freshness.NotModified(request, subject, parameters.BodyFingerprint) is { } known) return known;
        var facets = await engine.FacetsAsync(subject, question, parameters.All("facet"), cancellation);
        used.Rows = facets.Sum(facet => facet.Facets.Count);
        return Results.Json(new { links = Array.Empty<object>(), facets }, OpenDataJson.Options, "application/json; charset=utf-8");
    }

    /// <summary>A whole file.</summary>
    public static async Task<IResult> ExportAsync(
        HttpRequest request, QuerySubject subject, ExportFormat format, string name, QueryEngine engine, Used used, CancellationToken cancellation)
    {
        var parameters = await ExploreParameters.ReadAsync(request, cancellation);
        var question = parameters.Question(engine) with { Limit = parameters.ExportLimit(), Offset = parameters.Offset() };
        question = question with { Select = question.Select ?? (question.GroupBy is null ? format.Select : null) };
        var options = parameters.Format();
        if (!question.DependsOnNow && Freshness.NotModified(request, subject, parameters.BodyFingerprint) is { } known) return known;
        var export = await engine.ExportAsync(subject, question, format.Format, options, cancellation);
        Note(used, subject, export.Footprint);
        used.Format = format.Name;
        return new ExportResult(export, format, name, parameters.Flag("compressed"), used);
    }

    private static void Note(Used used, QuerySubject subject, Footprint footprint)
    {
        used.Version = (subject as ServedDataset)?.Version.Version;
        used.Fields = footprint.Fields;
        used.Filters = footprint.Filters;
        used.Search = footprint.Search;
    }

    private static (string MediaType, RecordFormat Format) Accepted(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList([.. request.Headers.Accept.OfType<string>()], out var accepted)) return Negotiable[0];
        foreach (var wanted in accepted.OrderByDescending(type => type.Quality ?? 1))
        {
            if (wanted.Quality == 0) continue;
            var match = Array.FindIndex(Negotiable, offered => wanted.MediaType.Equals(offered.MediaType, StringComparison.OrdinalIgnoreCase) || wanted.MatchesAllTypes);
            if (match >= 0) return Negotiable[match];
        }

        return Negotiable[0];
    }
}

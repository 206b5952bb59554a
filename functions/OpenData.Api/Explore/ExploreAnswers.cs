using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using OpenData.Api.Pipeline;
using OpenData.Query;
using OpenData.Query.Compilation;
using OpenData.Query.Formats;
using OpenData.Query.Subjects;

namespace OpenData.Api.Explore;

/// <summary>The answers that datasets and the catalogue have in common: pages of records, facets and exports.</summary>
public sealed class ExploreAnswers(QueryEngine engine, ExportPlaces places, PublicAddress address)
{
    // By the names in an Accept header; the first is the answer to a header that names none of them.
    private static readonly (string MediaType, RecordFormat Format)[] Negotiable =
    [
        ("application/json", RecordFormat.Json), ("text/csv", RecordFormat.Csv), ("application/geo+json", RecordFormat.GeoJson),
        ("application/x-ndjson", RecordFormat.Jsonl), ("application/jsonl", RecordFormat.Jsonl),
    ];

    /// <summary>A JSON answer, written as the catalogue's records are.</summary>
    internal static IResult Json(object value) => Results.Json(value, CatalogSnapshot.Json, "application/json; charset=utf-8");

    /// <summary>A page of records, in the format that the caller accepts.</summary>
    internal async Task<IResult> RecordsAsync(
        HttpRequest request, QuerySubject subject, UsageDetails details, CancellationToken cancellation)
    {
        subject.RequireRecords();
        var parameters = await ExploreParameters.ReadAsync(request, subject, cancellation);
        var (limit, offset) = parameters.Window();
        var question = parameters.Question(engine) with { Limit = limit, Offset = offset };
        if (parameters.Flag("include_links")) question = question with { RecordUrl = address.Of(request) + "/" };
        if (NotModified(request, subject, question, parameters) is { } known) return known;
        var (mediaType, format) = Accepted(request);
        var page = await engine.RecordsAsync(
            subject, question, format, parameters.Format(), count: !parameters.IsGrouped, cancellation);
        details.Rows = page.Count;
        Describe(details, subject, page.Footprint);
        if (details.Search is not null) details.Hits = page.TotalCount;
        var links = new PageLinks(address.Of(request), request, new PageWindow(limit, offset, parameters.IsGrouped), page);
        // The question of a POST is in its body, so no address leads to its next page.
        if (!HttpMethods.IsPost(request.Method) && links.Next() is { } next)
        {
            request.HttpContext.Response.Headers.Link = $"<{next}>; rel=\"next\"";
        }

        return format == RecordFormat.Json
            ? new RecordsResult(page, parameters.Flag("include_links") ? links.All() : null)
            : new BytesResult(page.Content, mediaType + "; charset=utf-8");
    }

    /// <summary>One record.</summary>
    internal async Task<IResult> RecordAsync(
        HttpRequest request, ServedDataset dataset, long row, UsageDetails details, CancellationToken cancellation)
    {
        dataset.RequireRecords();
        var parameters = await ExploreParameters.ReadAsync(request, dataset, cancellation);
        if (Freshness.NotModified(request, dataset) is { } known) return known;
        var question = parameters.Question(engine) with
        {
            Where = [],
            GroupBy = null,
            OrderBy = null,
            Refine = [],
            Exclude = [],
            Limit = 1,
        };
        if (parameters.Flag("include_links")) question = question with { RecordUrl = address.Parent(request) };
        var single = dataset.Single(row, out var within);
        var page = await engine.RecordsAsync(
            single, question with { Offset = within }, RecordFormat.Jsonl, new FormatOptions(), count: false, cancellation);
        details.Rows = page.Count;
        return new BytesResult(page.Content, "application/json; charset=utf-8");
    }

    /// <summary><c>{links, facets}</c></summary>
    internal async Task<IResult> FacetsAsync(
        HttpRequest request, QuerySubject subject, UsageDetails details, CancellationToken cancellation)
    {
        subject.RequireRecords();
        var parameters = await ExploreParameters.ReadAsync(request, subject, cancellation);
        var question = parameters.Question(engine);
        if (NotModified(request, subject, question, parameters) is { } known) return known;
        var facets = await engine.FacetsAsync(subject, question, cancellation);
        details.Rows = facets.Sum(facet => facet.Facets.Count);
        return Results.Json(
            new { links = Array.Empty<object>(), facets }, OpenDataJson.Options, "application/json; charset=utf-8");
    }

    /// <summary>All results as one file.</summary>
    internal async Task<IResult> ExportAsync(
        HttpRequest request, QuerySubject subject, ExportFile file, UsageDetails details, CancellationToken cancellation)
    {
        subject.RequireRecords();
        var (name, format) = file;
        var parameters = await ExploreParameters.ReadAsync(request, subject, cancellation);
        var question = parameters.Question(engine) with { Limit = parameters.ExportLimit(), Offset = parameters.Offset() };
        question = question with { Select = question.Select ?? (question.GroupBy is null ? format.Select : null) };
        var options = parameters.Format();
        if (NotModified(request, subject, question, parameters) is { } known) return known;
        var place = places.Take(request);
        try
        {
            var export = await engine.ExportAsync(subject, question, format.Format, options, cancellation);
            Describe(details, subject, export.Footprint);
            details.Format = format.Name;
            return new ExportResult(export, place, file, parameters.Flag("compressed"), details);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    private static IResult? NotModified(
        HttpRequest request, QuerySubject subject, QueryRequest question, ExploreParameters parameters) =>
        question.DependsOnNow ? null : Freshness.NotModified(request, subject, parameters.BodyFingerprint);

    private static void Describe(UsageDetails details, QuerySubject subject, Footprint footprint)
    {
        details.Version = (subject as ServedDataset)?.Version.Version;
        if (!subject.IsPublic) return; // what a holder asks of it is nobody's business
        details.Fields = footprint.Fields;
        details.Filters = footprint.Filters;
        details.Search = footprint.Search;
    }

    private static (string MediaType, RecordFormat Format) Accepted(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList([.. request.Headers.Accept.OfType<string>()], out var accepted)) return Negotiable[0];
        foreach (var wanted in accepted.OrderByDescending(type => type.Quality ?? 1))
        {
            if (wanted.Quality == 0) continue;
            var match = Array.FindIndex(Negotiable, offered =>
                wanted.MediaType.Equals(offered.MediaType, StringComparison.OrdinalIgnoreCase) || wanted.MatchesAllTypes);
            if (match >= 0) return Negotiable[match];
        }

        return Negotiable[0];
    }
}

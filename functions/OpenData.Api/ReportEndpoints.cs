using System.Globalization;
using System.Text;
using Azure;
using Microsoft.AspNetCore.Http;
using OpenData.Lake;
using OpenData.Planning;
using OpenData.Usage;

namespace OpenData.Api;

/// <summary>The planners' reports.</summary>
public static class ReportEndpoints
{
    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.Ordinal)
    {
        ["report.html"] = "text/html; charset=utf-8",
        ["report.json"] = "application/json",
        ["figures.csv"] = "text/csv; charset=utf-8",
        ["figures.parquet"] = "application/vnd.apache.parquet",
    };

    /// <summary>The editions and how the last run ended: <c>{total_count, results:[{edition, url, files}…], last_run: {at, edition, failed}}</c>.</summary>
    public static IResult List(Storage storage, Answering answering) => answering.Answer(UsageKind.Report, null, async (used, cancellation) =>
    {
        var editions = await ReportShelf.ListAsync(storage, cancellation);
        used.Rows = editions.Count;
        var last = await ReportState.ReadAsync(storage, cancellation);
        return Results.Json(
            new
            {
                total_count = editions.Count,
                results = editions.Select(edition => new
                {
                    edition,
                    url = $"/{Routes.Prefix}/{Routes.Reports}/{edition}",
                    files = ContentTypes.Keys.Select(file => $"/{Routes.Prefix}/{Routes.Reports}/{edition}/{file}"),
                }),
                last_run = last is null ? null : new { last.At, last.Edition, failed = last.Error is not null },
            },
            OpenDataJson.Options);
    });

    /// <summary>The last report that was finished: HTML (with <c>lang=en</c> in English at first sight), or with <c>format=json|csv|parquet</c> or an Accept header of that kind its figures.</summary>
    public static IResult Latest(HttpRequest request, Storage storage, Answering answering) => Edition(request, ReportRun.Latest, storage, answering);

    /// <summary>One edition: HTML (with <c>lang=en</c> in English at first sight), or with <c>format=json|csv|parquet</c> or an Accept header of that kind its figures.</summary>
    public static IResult Edition(HttpRequest request, string edition, Storage storage, Answering answering) =>
        answering.Answer(UsageKind.Report, null, (_, cancellation) => ServeAsync(request, storage, edition, Choose(request), cancellation));

    /// <summary>One file of an edition: <c>report.html</c>, <c>report.json</c>, <c>figures.csv</c> or <c>figures.parquet</c>.</summary>
    public static IResult File(HttpRequest request, string edition, string file, Storage storage, Answering answering) =>
        answering.Answer(UsageKind.Report, null, (_, cancellation) => ServeAsync(request, storage, edition, file, cancellation));

    /// <summary>
    /// Makes the report now: 200 with <c>{editions, figures, datasets, requests, took}</c>, 409 while another instance is at it. On Azure the host
    /// asks for its master key; a machine of one's own asks for nothing.
    /// </summary>
    public static IResult Run(ReportRun report, TimeProvider time, Answering answering) => answering.Answer(UsageKind.Report, null, async (_, cancellation) =>
    {
        var summary = await report.RunAsync(time.GetUtcNow(), cancellation);
        if (summary.Editions is []) throw new ApiException(409, "Conflict", "Another instance is making the report. It will be at reports/latest in a moment.");
        return Results.Json(summary, OpenDataJson.Options);
    });

    private static async Task<IResult> ServeAsync(HttpRequest request, Storage storage, string edition, string file, CancellationToken cancellation)
    {
        if (!ContentTypes.TryGetValue(file, out var contentType)) throw ApiException.NotFound($"An edition has the files {string.Join(", ", ContentTypes.Keys)}, and no '{file}'.");
        if (!DatasetId.IsName(edition)) throw ApiException.NotFound($"There is no edition '{edition}'.");
        try
        {
            var blob = storage.Reports.GetBlobClient($"{edition}/{file}");
            if (file != "report.html") return Results.Stream((await blob.DownloadStreamingAsync(cancellationToken: cancellation)).Value.Content, contentType);
            var page = (await blob.DownloadContentAsync(cancellation)).Value.Content.ToString();
            var notice = edition == ReportRun.Latest ? ReportShelf.Notice(await ReportState.ReadAsync(storage, cancellation)) : "";
            page = page.Replace(ReportShelf.NoticePlace, notice, StringComparison.Ordinal);
            if (request.Query["lang"] == "en") page = ReportShelf.InEnglish(page);
            return Results.Text(page, contentType, Encoding.UTF8);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            if (edition != ReportRun.Latest) throw ApiException.NotFound($"There is no edition '{edition}'. GET /{Routes.Prefix}/{Routes.Reports} lists them.");
            throw ApiException.NotFound(await ReportState.ReadAsync(storage, cancellation) is { Error: not null } state
                ? string.Create(CultureInfo.InvariantCulture, $"There is no report yet: the run of {state.At:u} failed.")
                : "There is no report yet. The first one appears after the first run of the report's timer.");
        }
    }

    private static string Choose(HttpRequest request)
    {
        var format = request.Query["format"] is [{ Length: > 0 } asked, ..] ? asked : FromAccept(request);
        return format switch
        {
            "html" => "report.html",
            "json" => "report.json",
            "csv" => "figures.csv",
            "parquet" => "figures.parquet",
            _ => throw new ApiException(400, "InvalidParameter", $"format is '{format}': it must be html, json, csv or parquet."),
        };
    }

    private static string FromAccept(HttpRequest request)
    {
        foreach (var accepted in request.GetTypedHeaders().Accept.OrderByDescending(type => type.Quality ?? 1))
        {
            switch (accepted.MediaType.Value)
            {
                case "text/html": return "html";
                case "application/json": return "json";
                case "text/csv": return "csv";
                case "application/vnd.apache.parquet": return "parquet";
            }
        }

        return "html";
    }
}

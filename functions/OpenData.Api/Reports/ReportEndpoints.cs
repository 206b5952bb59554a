using System.Globalization;
using System.Text;
using Azure;
using Microsoft.AspNetCore.Http;
using OpenData.Api.Pipeline;
using OpenData.Api.Routing;
using OpenData.Lake;
using OpenData.Planning;
using OpenData.Planning.Report;
using OpenData.Usage;

namespace OpenData.Api.Reports;

/// <summary>The planners' reports.</summary>
public sealed class ReportEndpoints(ReportRun report, Storage storage, TimeProvider time, RequestPipeline pipeline)
{
    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.Ordinal)
    {
        ["report.html"] = "text/html; charset=utf-8",
        ["report.json"] = "application/json",
        ["figures.csv"] = "text/csv; charset=utf-8",
        ["figures.parquet"] = "application/vnd.apache.parquet",
    };

    /// <summary>
    /// The editions and how the last run ended:
    /// <c>{total_count, results:[{edition, url, files}…], last_run: {at, edition, failed}}</c>.
    /// </summary>
    public IResult List() => pipeline.Run(UsageKind.Report, null, async (details, cancellation) =>
    {
        var editions = await ReportShelf.ListAsync(storage, cancellation);
        details.Rows = editions.Count;
        var last = await ReportState.ReadAsync(storage, cancellation);
        return Results.Json(
            new
            {
                total_count = editions.Count,
                results = editions.Select(edition => new
                {
                    edition,
                    url = $"/{Routes.Reports}/{edition}",
                    files = ContentTypes.Keys.Select(file => $"/{Routes.Reports}/{edition}/{file}"),
                }),
                last_run = last is null ? null : new { last.At, last.Edition, failed = last.Error is not null },
            },
            OpenDataJson.Options);
    });

    /// <summary>The last report that was finished, in the forms of <see cref="Edition"/>.</summary>
    public IResult Latest(HttpRequest request) => Edition(request, ReportRun.Latest);

    /// <summary>
    /// One edition: HTML (with <c>lang=en</c> in English at first sight), or its figures with <c>format=json|csv|parquet</c> or an Accept
    /// header of that kind.
    /// </summary>
    public IResult Edition(HttpRequest request, string edition) =>
        pipeline.Run(UsageKind.Report, null, (_, cancellation) => ServeAsync(request, edition, Choose(request), cancellation));

    /// <summary>One file of an edition: <c>report.html</c>, <c>report.json</c>, <c>figures.csv</c> or <c>figures.parquet</c>.</summary>
    public IResult File(HttpRequest request, string edition, string file) =>
        pipeline.Run(UsageKind.Report, null, (_, cancellation) => ServeAsync(request, edition, file, cancellation));

    /// <summary>
    /// Makes the report now: 200 with <c>{editions, figures, datasets, requests, took}</c>, 409 while another instance makes it. On Azure
    /// the host requires its master key; LocalHost requires nothing.
    /// </summary>
    public IResult Run() => pipeline.Run(UsageKind.Report, null, async (_, cancellation) =>
    {
        var summary = await report.RunAsync(time.GetUtcNow(), cancellation);
        return summary.Editions is not []
            ? Results.Json(summary, OpenDataJson.Options)
            : throw new ApiException(
                409, "Conflict", "Another instance is making the report. It will be at reports/latest in a moment.");
    });

    private async Task<IResult> ServeAsync(HttpRequest request, string edition, string file, CancellationToken cancellation)
    {
        if (!ContentTypes.TryGetValue(file, out var contentType))
        {
            throw ApiException.NotFound($"An edition has the files {string.Join(", ", ContentTypes.Keys)}, and no '{file}'.");
        }

        if (!DatasetId.IsName(edition)) throw ApiException.NotFound($"There is no edition '{edition}'.");
        try
        {
            var blob = storage.Reports.GetBlobClient($"{edition}/{file}");
            return file == "report.html"
                ? await PageAsync((await blob.DownloadContentAsync(cancellation)).Value.Content.ToString())
                : Results.Stream((await blob.DownloadStreamingAsync(cancellationToken: cancellation)).Value.Content, contentType);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            throw await NotThereAsync(edition, cancellation);
        }

        async Task<IResult> PageAsync(string page)
        {
            var failed = edition == ReportRun.Latest && await ReportState.ReadAsync(storage, cancellation) is { Error: not null } state
                ? state.At
                : (DateTimeOffset?)null;
            page = page.Replace(ServedPage.NoticePlace, ServedPage.Notice(failed), StringComparison.Ordinal);
            StandardHeaders.AllowPage(request.HttpContext.Response);
            if (request.Query["lang"] == "en") page = ServedPage.InEnglish(page);
            return Results.Text(page, contentType, Encoding.UTF8);
        }
    }

    private async Task<ApiException> NotThereAsync(string edition, CancellationToken cancellation)
    {
        if (edition != ReportRun.Latest)
        {
            return ApiException.NotFound($"There is no edition '{edition}'. GET /{Routes.Reports} lists them.");
        }

        return ApiException.NotFound(await ReportState.ReadAsync(storage, cancellation) is { Error: not null } state
            ? string.Create(CultureInfo.InvariantCulture, $"There is no report yet: the run of {state.At:u} failed.")
            : "There is no report yet. The first one appears after the first run of the report's timer.");
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
            _ => throw new ApiException(
                400, "InvalidParameter", $"format is '{format}': it must be html, json, csv or parquet."),
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

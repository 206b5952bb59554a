using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using OpenData.Planning;

namespace OpenData.Tests.Api;

public class ReportEndpointsTests
{
    [Fact]
    public async Task The_latest_report_comes_as_html_json_and_parquet()
    {
        await using var api = await TestApi.StartAsync();
        var http = api.Http;

        var early = await http.GetAsync("/api/reports/latest");
        Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
        Assert.Contains("no report yet", await early.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await api.Services.GetRequiredService<ReportRun>().RunAsync(new DateTimeOffset(2026, 3, 6, 18, 0, 0, TimeSpan.Zero));

        Assert.StartsWith("<!doctype html>", await http.GetStringAsync("/api/reports/latest"), StringComparison.Ordinal);
        Assert.StartsWith("PAR1", await http.GetStringAsync("/api/reports/latest?format=parquet"), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/reports/latest")
        {
            Headers = { Accept = { new MediaTypeWithQualityHeaderValue("application/json") } },
        };
        var json = await http.SendAsync(request);
        Assert.Equal("application/json", json.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync("/api/reports/latest?format=pdf")).StatusCode);
    }

    [Fact]
    public async Task Editions_are_listed_served_file_by_file_and_queried_as_a_dataset()
    {
        await using var api = await TestApi.StartAsync();
        await api.Services.GetRequiredService<ReportRun>().RunAsync(new DateTimeOffset(2026, 3, 6, 18, 0, 0, TimeSpan.Zero));

        var list = await api.GetAsync("/api/reports");
        Assert.Equal(
            ["2026-03-05", "2026-Q1"],
            list.GetProperty("results").EnumerateArray().Select(edition => edition.GetProperty("edition").GetString()));
        Assert.False(list.GetProperty("last_run").GetProperty("failed").GetBoolean());
        foreach (var file in list.GetProperty("results")[1].GetProperty("files").EnumerateArray())
        {
            Assert.Equal(HttpStatusCode.OK, (await api.Http.GetAsync(file.GetString())).StatusCode);
        }

        await api.GetAsync("/api/reports/2026-Q1/secret.txt", HttpStatusCode.NotFound);
        await api.GetAsync("/api/reports/1999-Q1", HttpStatusCode.NotFound);
        var where = Uri.EscapeDataString("figure = \"totals\" and `column` = \"requests\"");
        var cells = await api.GetAsync($"{TestApi.Explore}/datasets/{ReportRun.FiguresDatasetId}/records?where={where}");
        Assert.Equal(2, cells.GetProperty("total_count").GetInt32());
    }

    [Fact]
    public async Task After_a_failed_run_the_last_report_says_so()
    {
        await using var api = await TestApi.StartAsync();
        var run = api.Services.GetRequiredService<ReportRun>();
        var first = new DateTimeOffset(2026, 3, 6, 18, 0, 0, TimeSpan.Zero);
        await run.RunAsync(first);
        Assert.DoesNotContain("role=\"alert\"", await api.Http.GetStringAsync("/api/reports/latest"), StringComparison.Ordinal);
        await api.Storage.Planning.DeleteAsync();
        await Assert.ThrowsAnyAsync<Azure.RequestFailedException>(() => run.RunAsync(first.AddDays(1)));

        var page = await api.Http.GetStringAsync("/api/reports/latest?lang=en");
        Assert.Contains("The run of 2026-03-07 18:00 UTC failed", page, StringComparison.Ordinal);
        Assert.Contains("id=\"lang-en\" checked", page, StringComparison.Ordinal);
        Assert.True((await api.GetAsync("/api/reports")).GetProperty("last_run").GetProperty("failed").GetBoolean());
    }
}

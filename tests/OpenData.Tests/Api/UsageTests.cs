using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenData.Lake;
using OpenData.Usage;

namespace OpenData.Tests.Api;

/// <summary>What requests leave in the usage log.</summary>
public class UsageTests
{
    [Fact]
    public async Task A_search_a_query_and_an_export_leave_what_they_used_and_no_one_who_asked()
    {
        await using var api = await TestApi.StartAsync();
        var version = await TestDatasets.PublishAsync(
            api.Storage,
            "parks@x",
            ["SELECT 'a' AS name, 1 AS area"],
            [TestDatasets.Field("name", FieldType.Text), TestDatasets.Field("area", FieldType.Int)]);
        await api.GetAsync($"{TestApi.Explore}/datasets?where={Uri.EscapeDataString("search(\"nothing there\")")}");
        await api.GetAsync($"{TestApi.Explore}/datasets/parks@x/records?select=name&where=area%3D1");
        using var crawler = new HttpRequestMessage(HttpMethod.Get, $"{TestApi.Explore}/datasets/parks@x/exports/csv");
        crawler.Headers.UserAgent.ParseAdd("ExampleBot/1.0");
        crawler.Headers.Add("X-Forwarded-For", "198.51.100.23:5000");
        await (await api.Http.SendAsync(crawler)).Content.ReadAsStringAsync();
        await api.Services.GetRequiredService<UsageLog>().FlushAsync();

        var log = "";
        await foreach (var blob in api.Storage.Usage.GetBlobsAsync())
        {
            log += (await api.Storage.Usage.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToString();
        }

        var events = log
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<UsageEvent>(line, OpenDataJson.Options)!)
            .ToDictionary(happened => happened.Kind);
        var search = events[UsageKind.Catalog];
        Assert.Equal(("nothing there", 0L), (search.Search, search.Hits));
        var query = events[UsageKind.Records];
        Assert.Equal(("parks@x", version.Version, 1L, false), (query.DatasetId, query.Version, query.Rows, query.Bot));
        Assert.Equal("name", Assert.Single(query.Fields!));
        Assert.Equal("area", Assert.Single(query.Filters!));
        var export = events[UsageKind.Export];
        Assert.Equal(("csv", 1L, true), (export.Format, export.Rows, export.Bot));
        Assert.NotEqual(query.Client, export.Client);
        Assert.DoesNotContain("198.51.100.23", log, StringComparison.Ordinal);
        Assert.DoesNotContain("ExampleBot", log, StringComparison.Ordinal);
    }
}

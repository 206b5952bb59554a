using System.Text.Json;
using OpenData.Catalog;
using OpenData.Ingest.Publishing;
using OpenData.Lake;

namespace OpenData.Tests.Api;

/// <summary>What was dropped as a file is asked for over HTTP.</summary>
public sealed class IngestedTests
{
    [Fact]
    public async Task Longer_decimals_behind_short_ones_are_counted_filtered_and_ordered_with_them()
    {
        await using var api = await TestApi.StartAsync();
        await DropAsync(api.Storage, "dataset.json", """{"ingest":{"update_mode":"append"}}""");
        await DropAsync(api.Storage, "1.csv", "id,amount\n1,1.25\n2,-2.50\n3,\n");
        await DropAsync(api.Storage, "2.csv", "id,amount\n4,12345678901234567890.25\n5,3.00\n");
        await DropAsync(api.Storage, "3.csv", "id,amount\n6,7.75\n");

        Assert.Equal("[2,1,5,6,4]", await IdsAsync(api, "where=amount is not null&order_by=amount"));
        Assert.Equal("[4]", await IdsAsync(api, "where=amount > 12345678901234560000"));
        Assert.Equal("[]", await IdsAsync(api, "where=amount > 12345678901234570000"));
        Assert.Equal("[6,4]", await IdsAsync(api, "where=amount > 3&order_by=id desc"));
        Assert.Equal("[1]", await IdsAsync(api, "where=amount = 1.25"));
        Assert.Equal("[2]", await IdsAsync(api, "where=amount < 0"));
        var sum = await api.GetAsync($"{TestApi.Explore}/datasets/food@mfds/records?select=sum(amount) as total,count(*) as n");
        Assert.Equal("""[{"total":12345678901234567899.75,"n":6}]""", sum.GetProperty("results").GetRawText());
    }

    [Theory]
    [InlineData("\"37.5665, 126.978\"", "\"35.1796,129.0756\"")]
    [InlineData("\"126.978, 37.5665\"", "\"129.0756,35.1796\"")]
    public async Task Texts_that_name_places_are_points(string seoul, string busan)
    {
        await using var api = await TestApi.StartAsync();
        await DropAsync(api.Storage, "a.csv", $"id,위치\n1,{seoul}\n2,{busan}\n3,\n");

        Assert.Equal("[1]", await IdsAsync(api, "where=within_distance(위치_geo_point_2d, geom'POINT(126.98 37.57)', 5km)"));
        Assert.Equal("[2]", await IdsAsync(api, "where=in_bbox(위치_geo_point_2d, 34, 128, 36, 130)"));
        Assert.Equal("[3]", await IdsAsync(api, "where=위치_geo_point_2d is null"));
        var first = await api.GetAsync($"{TestApi.Explore}/datasets/food@mfds/records?limit=1");
        Assert.Equal("""{"lon":126.978,"lat":37.5665}""", first.GetProperty("results")[0].GetProperty("위치_geo_point_2d").GetRawText());
        using var turtle = await api.Http.GetAsync($"{TestApi.Explore}/exports/ttl");
        Assert.True(turtle.IsSuccessStatusCode);
        Assert.DoesNotContain("bbox", await turtle.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<string> IdsAsync(TestApi api, string query)
    {
        var parameters = query.Split('&').Select(part => part.Split('=', 2)).Select(pair => $"{pair[0]}={Uri.EscapeDataString(pair[1])}");
        var answer = await api.GetAsync($"{TestApi.Explore}/datasets/food@mfds/records?{string.Join('&', parameters)}");
        return JsonSerializer.Serialize(answer.GetProperty("results").EnumerateArray().Select(row => row.GetProperty("id").GetInt32()));
    }

    private static async Task DropAsync(Storage storage, string file, string text)
    {
        await storage.Incoming.GetBlobClient($"mfds/food/{file}").UploadAsync(BinaryData.FromString(text), overwrite: true);
        var upload =
            (await new Ingestor(
                storage, new DatasetCatalog(storage), new UploadLog(storage), TimeProvider.System).IngestAsync($"mfds/food/{file}"))!;
        Assert.Equal(UploadState.Published, upload.State);
    }
}

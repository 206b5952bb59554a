using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenData.Api.Explore;
using OpenData.Lake;
using OpenData.Query;
using OpenData.Query.Language;
using OpenData.Usage;

namespace OpenData.Tests.Api;

/// <summary>Exports that are read slowly, or no longer.</summary>
public class ExportLoadTests
{
    private const int Rows = 2_000_000; // as JSON some 120 MB: more than all buffers between the server and its reader
    private const string Big = $"{TestApi.Explore}/datasets/big@x";

    [Fact]
    public async Task Slow_readers_take_no_more_than_their_places_and_small_questions_are_answered_beside_them()
    {
        await using var api = await StartAsync();
        var slow = await Task.WhenAll(Enumerable.Range(0, QueryLimits.Exports).Select(reader => OpenAsync(api, caller: reader)));

        var small = await api.GetAsync($"{Big}/records?limit=1");
        using var refused = await api.Http.GetAsync($"{Big}/exports/csv");
        foreach (var one in slow) one.Dispose();
        // Who has gone away leaves the place to another: that all of them are taken again shows that every statement was stopped.
        var again = await Task.WhenAll(Enumerable.Range(0, QueryLimits.Exports).Select(reader => OpenAsync(api, caller: reader)));

        Assert.Equal(Rows, small.GetProperty("total_count").GetInt32());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(QueryBusyException.RetrySeconds, refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Contains("TooManyExports", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var one in again) one.Dispose();
    }

    [Fact]
    public async Task One_caller_with_twenty_sockets_that_nobody_reads_leaves_places_to_others()
    {
        await using var api = await StartAsync();
        var attempts = new List<HttpResponseMessage>();
        for (var socket = 0; socket < 20; socket++) attempts.Add(await OpenAsync(api, caller: 1));

        using var other = await OpenAsync(api, caller: 2);

        Assert.Equal(ExportPlaces.PerCaller, attempts.Count(one => one.StatusCode == HttpStatusCode.OK));
        Assert.All(
            attempts.Where(one => one.StatusCode != HttpStatusCode.OK),
            one => Assert.Equal(HttpStatusCode.TooManyRequests, one.StatusCode));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        foreach (var one in attempts) one.Dispose();
    }

    [Theory]
    [InlineData("json")]
    [InlineData("parquet")]
    public async Task A_reader_who_goes_away_ends_the_statement(string format)
    {
        await using var api = await StartAsync();
        (await OpenAsync(api, format)).Dispose();

        var usage = api.Services.GetRequiredService<UsageLog>();
        UsageEvent? export = null;
        for (var waiting = DateTime.UtcNow.AddMinutes(2); export is null && DateTime.UtcNow < waiting; await Task.Delay(100))
        {
            await usage.FlushAsync();
            await foreach (var blob in api.Storage.Usage.GetBlobsAsync())
            {
                var log = (await api.Storage.Usage.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToString();
                export = log
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => JsonSerializer.Deserialize<UsageEvent>(line, OpenDataJson.Options)!)
                    .FirstOrDefault(happened => happened.Kind == UsageKind.Export) ?? export;
            }
        }

        Assert.NotNull(export);
        Assert.Equal(499, export.Status);
        Assert.True(export.Rows < Rows, $"{export.Rows} rows were written for nobody.");
    }

    [Theory]
    [InlineData("csv?with_bom=false")]
    [InlineData("json")]
    [InlineData("jsonl")]
    public async Task Every_row_leaves_once_and_in_its_place_though_several_chunks_are_written_at_once(string export)
    {
        const int Many = 20_000;
        await using var api = await TestApi.StartAsync();
        // Some chunks are little text and some more than is sent at a time.
        await TestDatasets.PublishAsync(
            api.Storage,
            "uneven@x",
            [$"SELECT range AS id, repeat('x', CAST(range // 5000 % 2 * 500 + range % 7 AS INTEGER)) AS filler FROM range({Many})"],
            [TestDatasets.Field("id", FieldType.Int), TestDatasets.Field("filler", FieldType.Text)]);

        var answer = await api.Http.GetStringAsync($"{TestApi.Explore}/datasets/uneven@x/exports/{export}");

        var rows = Enumerable.Range(0, Many).Select(id => (Id: id, Filler: new string('x', (id / 5000 % 2 * 500) + (id % 7))));
        Assert.Equal(export switch
        {
            "json" => $"[{string.Join(',', rows.Select(Json))}]",
            "jsonl" => string.Concat(rows.Select(row => Json(row) + "\n")),
            _ => "id;filler\r\n" + string.Concat(rows.Select(row => $"{row.Id};{(row.Filler.Length == 0 ? "\"\"" : row.Filler)}\r\n")),
        }, answer);

        static string Json((int Id, string Filler) row) => $$"""{"id":{{row.Id}},"filler":"{{row.Filler}}"}""";
    }

    private static async Task<TestApi> StartAsync()
    {
        var api = await TestApi.StartAsync();
        await TestDatasets.PublishAsync(
            api.Storage, "big@x", [$"SELECT range AS id, md5(range::VARCHAR) AS filler FROM range({Rows})"],
            [TestDatasets.Field("id", FieldType.Int), TestDatasets.Field("filler", FieldType.Text)]);
        return api;
    }

    // An export of which the first bytes have come, and no more is read; it tries again as it is told to, if those before
    // have not ended yet.
    // A caller is an address behind a proxy on this machine; without a number it is this machine itself.
    private static async Task<HttpResponseMessage> OpenAsync(TestApi api, string format = "json", int? caller = null)
    {
        for (var tries = 0; ; tries++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{Big}/exports/{format}");
            if (caller is { } number) request.Headers.Add("X-Forwarded-For", $"198.51.100.{number}");
            var response = await api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.TooManyRequests) return response;
            Assert.True(
                response.StatusCode == HttpStatusCode.ServiceUnavailable && tries < 20,
                $"{response.StatusCode} after {tries} tries: {await response.Content.ReadAsStringAsync()}");
            response.Dispose();
        }
    }
}

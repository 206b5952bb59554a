using System.Net;
using System.Net.Http.Headers;
using OpenData.Lake;

namespace OpenData.Tests.Api;

/// <summary>What caches, browsers and careful clients rely on.</summary>
public class HttpTests(FiresFixture fires) : IClassFixture<FiresFixture>
{
    [Fact]
    public async Task Whoever_has_an_answer_is_told_so_until_the_data_or_the_question_changes()
    {
        await using var api = await TestFires.StartAsync();
        using var first = await api.Http.GetAsync($"{TestFires.Path}/records?limit=1");
        var etag = first.Headers.ETag!;

        Assert.True(etag.IsWeak);
        Assert.Equal("public, max-age=60", first.Headers.CacheControl!.ToString());
        Assert.Equal(new DateTimeOffset(2026, 3, 5, 0, 1, 0, TimeSpan.Zero), first.Content.Headers.LastModified);
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync($"{TestFires.Path}/records?limit=1", request => request.Headers.IfNoneMatch.Add(etag)));
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync($"{TestFires.Path}/records?limit=1", request => request.Headers.IfModifiedSince = first.Content.Headers.LastModified));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync($"{TestFires.Path}/records?limit=2", request => request.Headers.IfNoneMatch.Add(etag)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync($"{TestFires.Path}/records?limit=1&where=day < now()", request => request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any)));

        await TestFires.PublishAsync(api.Storage, new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero));
        await Task.Delay(1100); // what the catalogue said is believed for a second
        Assert.Equal(HttpStatusCode.OK, await StatusAsync($"{TestFires.Path}/records?limit=1", request => request.Headers.IfNoneMatch.Add(etag)));

        async Task<HttpStatusCode> StatusAsync(string path, Action<HttpRequestMessage> set)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            set(request);
            using var response = await api.Http.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Theory]
    [InlineData("gzip", DecompressionMethods.GZip)]
    [InlineData("br", DecompressionMethods.Brotli)]
    [InlineData("gzip;q=0.5, br", DecompressionMethods.Brotli)]
    public async Task Answers_are_compressed_for_who_can_read_that(string accepted, DecompressionMethods method)
    {
        var api = fires.Api;
        using var plain = new HttpRequestMessage(HttpMethod.Get, $"{TestFires.Path}/exports/json");
        plain.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var raw = await api.Http.SendAsync(plain);
        using var http = new HttpClient(new HttpClientHandler { AutomaticDecompression = method }) { BaseAddress = api.Http.BaseAddress };

        Assert.Equal(method == DecompressionMethods.GZip ? "gzip" : "br", raw.Content.Headers.ContentEncoding.Single());
        Assert.Equal(await api.Http.GetStringAsync($"{TestFires.Path}/exports/json"), await http.GetStringAsync($"{TestFires.Path}/exports/json"));
    }

    [Fact]
    public async Task Pages_of_any_origin_may_read()
    {
        var api = fires.Api;
        using var preflight = await api.Http.SendAsync(new HttpRequestMessage(HttpMethod.Options, $"{TestFires.Path}/records"));
        using var missing = await api.Http.GetAsync($"{TestApi.Explore}/datasets/none@none/records");

        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal("*", preflight.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("POST", preflight.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
        Assert.Equal("*", missing.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Theory]
    [InlineData("/records")]
    [InlineData("/exports/csv")]
    [InlineData("/exports/parquet")]
    [InlineData("")]
    public async Task HEAD_has_the_headers_of_GET_and_no_body(string path)
    {
        var api = fires.Api;
        using var get = await api.Http.GetAsync(TestFires.Path + path);
        using var head = await api.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, TestFires.Path + path));

        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_next_page_is_linked_until_there_is_none()
    {
        var api = fires.Api;
        var days = new List<string?>();
        var next = $"{TestFires.Path}/records?select=day&limit=2&where=day > date'2026'&where=day is not null or day is null";
        next = $"{TestFires.Path}/records?select=day&limit=2";
        while (next is not null)
        {
            using var response = await api.Http.GetAsync(next);
            var page = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
            days.AddRange(page.GetProperty("results").EnumerateArray().Select(record => record.GetProperty("day").GetString()));
            next = response.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }

        Assert.Equal(["2026-01-02", "2026-01-15", "2026-02-01"], days);
    }

    [Theory]
    [InlineData("text/csv", "text/csv", "\uFEFFday\r\n2026-01-02\r\n")]
    [InlineData("application/x-ndjson", "application/x-ndjson", "{\"day\":\"2026-01-02\"}\n")]
    [InlineData("text/html, */*;q=0.1", "application/json", "{\"total_count\":3,\"results\":[{\"day\":\"2026-01-02\"}]}")]
    public async Task Records_come_as_the_caller_accepts_them(string accept, string type, string body)
    {
        var api = fires.Api;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{TestFires.Path}/records?select=day&limit=1");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await api.Http.SendAsync(request);

        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(body, System.Text.Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync()));
    }

    [Fact]
    public async Task Too_many_calls_are_refused_until_the_minute_is_over_and_a_key_raises_the_limit()
    {
        await using var api = await TestFires.StartAsync(settings => settings with { CallsPerMinute = 3, CallsPerMinuteWithKey = 5, ApiKeys = "first; second" });

        var anonymous = await CallAsync(8, null);
        var keyed = await CallAsync(10, "second");
        var unknown = await CallAsync(1, "third");

        // The minute may turn over in between, once.
        Assert.Contains(429, anonymous);
        Assert.InRange(anonymous.Count(status => status == 200), 3, 6);
        Assert.InRange(keyed.Count(status => status == 200), 5, 9);
        Assert.Equal([401], unknown);
        using var refused = await api.Http.GetAsync(TestFires.Path);
        if (refused.StatusCode == HttpStatusCode.TooManyRequests)
        {
            var body = await refused.Content.ReadAsStringAsync();
            Assert.Contains("\"errorcode\":10002", body, StringComparison.Ordinal);
            Assert.Contains("\"limit_time_unit\":\"minute\",\"call_limit\":3", body, StringComparison.Ordinal);
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
            Assert.Equal("0", refused.Headers.GetValues("X-RateLimit-Remaining").Single());
        }

        async Task<List<int>> CallAsync(int times, string? key)
        {
            var statuses = new List<int>();
            for (var i = 0; i < times; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"{TestFires.Path}/records");
                if (key is not null) request.Headers.TryAddWithoutValidation("Authorization", $"ApiKey {key}");
                using var response = await api.Http.SendAsync(request);
                statuses.Add((int)response.StatusCode);
            }

            return statuses;
        }
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_is_stopped_and_says_where_to_go()
    {
        await using var api = await TestApi.StartAsync(settings: settings => settings with { QuerySeconds = 0.05 });
        await TestDatasets.PublishAsync(api.Storage, "long@x", ["SELECT repeat(md5(range::VARCHAR), 100) AS filler FROM range(100000)"], [TestDatasets.Field("filler", FieldType.Text)]);

        var answer = await api.GetAsync($"{TestApi.Explore}/datasets/long@x/records?where=filler like \"nothing*\"", HttpStatusCode.ServiceUnavailable);

        Assert.Equal("QueryTimeout", answer.GetProperty("error_code").GetString());
        Assert.Contains("exports", answer.GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}

using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;
using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.Tests.Api;

/// <summary>What caches, browsers and careful clients rely on.</summary>
public class HttpTests(FiresFixture fires) : IClassFixture<FiresFixture>
{
    [Fact]
    public async Task Whoever_has_an_answer_is_told_so_until_the_data_or_the_question_changes()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var api = await TestFires.StartAsync(time: time);
        using var first = await api.Http.GetAsync($"{TestFires.Path}/records?limit=1");
        var etag = first.Headers.ETag!;

        Assert.True(etag.IsWeak);
        Assert.Equal("public, must-revalidate, max-age=30", first.Headers.CacheControl!.ToString());
        Assert.Equal(new DateTimeOffset(2026, 3, 5, 0, 1, 0, TimeSpan.Zero), first.Content.Headers.LastModified);
        Assert.Equal(
            HttpStatusCode.NotModified,
            await StatusAsync($"{TestFires.Path}/records?limit=1", request => request.Headers.IfNoneMatch.Add(etag)));
        Assert.Equal(
            HttpStatusCode.NotModified,
            await StatusAsync(
                $"{TestFires.Path}/records?limit=1", request => request.Headers.IfModifiedSince = first.Content.Headers.LastModified));
        Assert.Equal(
            HttpStatusCode.OK, await StatusAsync($"{TestFires.Path}/records?limit=2", request => request.Headers.IfNoneMatch.Add(etag)));
        Assert.Equal(
            HttpStatusCode.OK,
            await StatusAsync(
                $"{TestFires.Path}/records?limit=1&where=day < now()",
                request => request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any)));

        await TestFires.PublishAsync(api.Storage, new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero));
        time.Advance(TimeSpan.FromSeconds(1)); // an answer of the catalogue is reused for a second
        Assert.Equal(
            HttpStatusCode.OK, await StatusAsync($"{TestFires.Path}/records?limit=1", request => request.Headers.IfNoneMatch.Add(etag)));

        async Task<HttpStatusCode> StatusAsync(string path, Action<HttpRequestMessage> set)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            set(request);
            using var response = await api.Http.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Nothing_that_can_be_withdrawn_is_kept_for_longer_than_half_a_minute()
    {
        var described = await fires.Api.GetAsync(TestFires.Path);
        var version = described.GetProperty("metas").GetProperty("default").GetProperty("version").GetString();
        foreach (var path in new[] { "/records", "/facets", "/exports/csv", "/attachments", "/attachments/data.csv",
            $"/records/{version}-0", "" })
        {
            using var response = await fires.Api.Http.GetAsync($"{TestFires.Path}{path}?version={version}");

            Assert.Equal("public, must-revalidate, max-age=30", response.Headers.CacheControl!.ToString());
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
        Assert.Equal(
            await api.Http.GetStringAsync($"{TestFires.Path}/exports/json"), await http.GetStringAsync($"{TestFires.Path}/exports/json"));
    }

    [Fact]
    public async Task What_an_agency_says_anew_is_news_to_who_asks_since_when()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var api = await TestFires.StartAsync(time: time);
        using var first = await api.Http.GetAsync(TestFires.Path);
        var known = first.Content.Headers.LastModified;
        await new DatasetCatalog(api.Storage).DescribeAsync(
            DatasetId.Parse("fires@nfa"), new DatasetMetadata { Title = "Another" }, known!.Value.AddDays(2));
        time.Advance(TimeSpan.FromSeconds(1)); // an answer of the catalogue is reused for a second

        foreach (var path in new[] { TestFires.Path, $"{TestApi.Explore}/datasets", $"{TestApi.Explore}/exports/ttl" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.IfModifiedSince = known.Value.AddDays(1);
            using var again = await api.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
            Assert.Contains("Another", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/explore/v2.0/catalog/datasets", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/api/explore/v2.1/catalog/datasets/fires@nfa", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/api/explore/v2.1/catalog/exports", HttpStatusCode.MethodNotAllowed)]
    [InlineData("PUT", "/api/requests/1", HttpStatusCode.MethodNotAllowed)]
    public async Task What_is_no_route_is_refused_in_the_same_form(string method, string path, HttpStatusCode status)
    {
        using var response = await fires.Api.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        var answer = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal(status, response.StatusCode);
        Assert.NotEmpty(answer.GetProperty("message").GetString()!);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal(status == HttpStatusCode.MethodNotAllowed, response.Content.Headers.Contains("Allow"));
    }

    [Theory]
    [InlineData("POST", "Transfer-Encoding: chunked\r\n\r\nzz\r\n", "400")] // no chunk
    [InlineData("POST", "Content-Length: 99999999999\r\n\r\n", "413")]
    [InlineData("POST", "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", "200")]
    public async Task A_body_that_breaks_off_or_is_none_is_the_callers_fault(string method, string rest, string status)
    {
        var answer = await SendAsync($"{method} {TestFires.Path}/records HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{rest}");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains(status == "200" ? "total_count" : "error_code", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a:99999")]
    [InlineData("a_b..c-")]
    [InlineData("[::1]:80")]
    public async Task The_catalogue_is_described_under_any_name_that_a_caller_has_for_us(string host)
    {
        var answer = await SendAsync($"GET {TestApi.Explore}/exports/rss HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

        Assert.Contains($"<link>http://{host}{TestApi.Explore}</link>", answer, StringComparison.Ordinal);
    }

    // As it stands, which no well-behaved client would send.
    private async Task<string> SendAsync(string request)
    {
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync("127.0.0.1", fires.Api.Http.BaseAddress!.Port);
        await socket.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(request));
        return await new StreamReader(socket.GetStream()).ReadToEndAsync();
    }

    [Fact]
    public async Task Refusals_tell_the_rate_limit_too()
    {
        using var refused = await fires.Api.Http.GetAsync($"{TestFires.Path}/records?where=nothing");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.NotEmpty(refused.Headers.GetValues("X-RateLimit-Remaining"));
    }

    [Fact]
    public async Task No_link_leads_beyond_the_last_page_that_may_be_asked_for()
    {
        await using var api = await TestApi.StartAsync();
        await TestDatasets.PublishAsync(
            api.Storage, "many@x", ["SELECT range AS n FROM range(10050)"], [TestDatasets.Field("n", FieldType.Int)]);
        const string Path = $"{TestApi.Explore}/datasets/many@x/records?include_links=true&select=n";

        var all = await LinksAsync($"{Path}&limit=100");
        var some = await LinksAsync($"{Path}&limit=30&where=n < 100");

        Assert.Equal(["self", "first", "next"], all.Select(link => link.Rel));
        Assert.Equal(["self", "first", "last", "next"], some.Select(link => link.Rel));
        Assert.Contains("offset=90", some[2].Href, StringComparison.Ordinal);
        foreach (var link in all.Concat(some)) await api.GetAsync(link.Href);

        async Task<List<(string Rel, string Href)>> LinksAsync(string path) =>
            [.. (await api.GetAsync(path))
                .GetProperty("_links")
                .EnumerateArray()
                .Select(link => (link.GetProperty("rel").GetString()!, link.GetProperty("href").GetString()!))];
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
}

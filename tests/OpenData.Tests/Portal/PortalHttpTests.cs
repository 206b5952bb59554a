using System.IO.Compression;
using System.Net;
using OpenData.Catalog;
using OpenData.Lake;
using OpenData.Tests.Api;
using static OpenData.Tests.TestDatasets;

namespace OpenData.Tests.Portal;

/// <summary>How pages and their files are sent, and what no page lets through.</summary>
public sealed class PortalHttpTests(FiresFixture fires) : IClassFixture<FiresFixture>, IDisposable
{
    private readonly PortalClient _portal = new(fires.Api.Http.BaseAddress!);

    public void Dispose() => _portal.Dispose();

    [Theory]
    [InlineData("/portal", "", "", "/portal/ko")]
    [InlineData("/portal", "en-GB,ko;q=0.5", "", "/portal/en")]
    [InlineData("/portal", "fr, de", "", "/portal/ko")]
    [InlineData("/portal", "ko", "portal-language=en", "/portal/en")]
    [InlineData("/portal", "en", "portal-language=<script>", "/portal/en")]
    [InlineData("/portal/datasets/fires@nfa?q=1", "en", "", "/portal/en/datasets/fires@nfa?q=1")]
    [InlineData("/portal/language?to=en&return=/portal/en/plan", "", "", "/portal/en/plan")]
    [InlineData("/portal/language?to=ko&return=//elsewhere.example", "", "", "/portal/ko")]
    [InlineData("/portal/language?to=ko&return=https://elsewhere.example/portal/ko", "", "", "/portal/ko")]
    [InlineData("/portal/language?to=ko&return=/portal/ko%5C%5Celsewhere.example", "", "", "/portal/ko")]
    public async Task A_reader_comes_to_the_pages_in_a_language(string path, string accepted, string cookie, string expected)
    {
        using var answer = await _portal.SendAsync(HttpMethod.Get, path, ("Accept-Language", accepted), ("Cookie", cookie));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(expected, answer.Headers.Location!.OriginalString);
        if (path.Contains("to=", StringComparison.Ordinal))
        {
            Assert.Contains("httponly", answer.Headers.GetValues("Set-Cookie").Single(), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_page_that_is_known_is_not_sent_again()
    {
        using var first = await _portal.SendAsync(HttpMethod.Get, "/portal/ko/datasets");
        var etag = first.Headers.ETag!.ToString();

        using var second = await _portal.SendAsync(HttpMethod.Get, "/portal/ko/datasets", ("If-None-Match", etag));
        using var head = await _portal.SendAsync(HttpMethod.Head, "/portal/ko/datasets");

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Contains("frame-ancestors 'none'", first.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", first.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Styles_and_fonts_are_kept_for_ever_under_an_address_that_changes_with_them()
    {
        var page = await _portal.PageAsync("/portal/ko");
        var addresses = page.QuerySelectorAll("link[rel=stylesheet], link[rel=icon]").Select(link => link.GetAttribute("href")!).ToList();
        Assert.Equal(3, addresses.Count);
        var bytes = 0L;
        foreach (var address in addresses)
        {
            using var plain = await _portal.SendAsync(HttpMethod.Get, address);
            using var compressed = await _portal.SendAsync(HttpMethod.Get, address, ("Accept-Encoding", "gzip, br"));
            Assert.Equal("public, max-age=31536000, immutable", compressed.Headers.GetValues("Cache-Control").Single());
            Assert.Equal(["br"], compressed.Content.Headers.ContentEncoding);
            var content = await compressed.Content.ReadAsByteArrayAsync();
            bytes += content.Length;
            using var unpacked = new StreamReader(new BrotliStream(new MemoryStream(content), CompressionMode.Decompress));
            Assert.Equal(await plain.Content.ReadAsStringAsync(), await unpacked.ReadToEndAsync());
            foreach (var font in System.Text.RegularExpressions.Regex
                .Matches(await plain.Content.ReadAsStringAsync(), @"url\((\w[^)]*\.woff2)\)")
                .Select(match => match.Groups[1].Value))
            {
                using var file = await _portal.SendAsync(HttpMethod.Get, "/portal/assets/" + font);
                Assert.Equal("font/woff2", file.Content.Headers.ContentType!.MediaType);
            }
        }

        using var first = await _portal.SendAsync(HttpMethod.Get, "/portal/ko", ("Accept-Encoding", "br"));
        bytes += (await first.Content.ReadAsByteArrayAsync()).Length;
        Assert.True(bytes < 60_000, $"The first page's HTML and styles are {bytes:N0} bytes.");
    }

    [Fact]
    public async Task Markup_in_names_descriptions_and_cells_is_text_on_every_page()
    {
        const string Hostile = "<script>alert(1)</script></script><img src=x onerror=alert(1)>\"'&amp;";
        var api = fires.Api;
        await PublishAsync(
            api.Storage, "hostile@xss", [$"SELECT '{Hostile.Replace("'", "''", StringComparison.Ordinal)}' AS a, 1 AS b"],
            [Field("a", FieldType.Text) with { Label = Hostile, Description = Hostile }, Field("b", FieldType.Int)],
            new DatasetMetadata
            {
                Title = Hostile,
                Description = Hostile,
                Publisher = Hostile,
                Theme = [Hostile],
                Keyword = [Hostile],
                Contact = Hostile,
                License = "javascript:alert(1)",
                Rights = Hostile,
                Spatial = Hostile,
            });
        string[] paths = [
            "",
            "/datasets",
            "/datasets?q=<script>alert(1)</script>",
            "/datasets/hostile@xss",
            "/datasets/hostile@xss/table?q=\"><script>",
            "/datasets/hostile@xss/api?f.a='\"<script>",
            "/requests/new?title=<script>alert(1)</script>",
        ];
        foreach (var path in paths)
        {
            var page = await _portal.PageAsync("/portal/en" + path);
            Assert.Empty(page.QuerySelectorAll("script:not([type='application/ld+json']), img, [onerror], a[href^=javascript]"));
        }

        var dataset = await _portal.PageAsync("/portal/en/datasets/hostile@xss");
        Assert.Equal(Hostile, dataset.QuerySelector("h1")!.TextContent);
        Assert.Equal(Hostile, dataset.QuerySelector("table.records td")!.TextContent);
    }
}

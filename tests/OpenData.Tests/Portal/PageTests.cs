using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using OpenData.Tests.Api;

namespace OpenData.Tests.Portal;

/// <summary>What a citizen sees of datasets that are published.</summary>
public sealed class PageTests(FiresFixture fires) : IClassFixture<FiresFixture>, IDisposable
{
    private const string Table = "/portal/en/datasets/fires@nfa/table";

    private readonly PortalClient _portal = new(fires.Api.Http.BaseAddress!);

    public void Dispose() => _portal.Dispose();

    [Theory]
    [InlineData("ko", "필요한 공공데이터를 찾아보세요", "데이터셋")]
    [InlineData("en", "Find the public data you need", "Datasets")]
    public async Task The_home_page_counts_what_is_there_and_leads_to_it(string language, string title, string datasets)
    {
        var page = await _portal.PageAsync($"/portal/{language}");

        Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(title, page.QuerySelector("h1")!.TextContent);
        var figures = page.QuerySelectorAll(".figures div").ToDictionary(
            one => one.QuerySelector("dt")!.TextContent, one => one.QuerySelector("dd")!.TextContent);
        Assert.Equal("1", figures[datasets]);
        Assert.Contains("3", figures.Values);
        Assert.Equal("/portal/" + language + "/datasets/fires@nfa", page.QuerySelector(".card a")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("?q=%ED%99%94%EC%9E%AC", 1)]
    [InlineData("?q=nothing-has-this-word", 0)]
    [InlineData("?theme=%EC%95%88%EC%A0%84", 1)]
    [InlineData("?theme=other", 0)]
    [InlineData("?publisher=%EC%86%8C%EB%B0%A9%EC%B2%AD&year=2026&sort=quality", 1)]
    [InlineData("?year=1999", 0)]
    public async Task The_catalogue_is_searched_and_filtered_by_its_address(string question, int found)
    {
        var page = await _portal.PageAsync("/portal/en/datasets" + question);

        Assert.Equal($"{found} datasets", page.QuerySelector("#results")!.TextContent);
        Assert.Equal(found, page.QuerySelectorAll(".card").Length);
        Assert.Equal(found == 0, page.QuerySelector("a[href^='/portal/en/requests/new']") is not null);
    }

    [Fact]
    public async Task A_facet_adds_its_value_to_the_question_and_takes_it_away_again()
    {
        var page = await _portal.PageAsync("/portal/ko/datasets?q=%ED%99%94%EC%9E%AC");
        var safety = page.QuerySelectorAll(".facet a").Single(link => link.TextContent.Contains("안전", StringComparison.Ordinal));

        var chosen = await _portal.PageAsync(safety.GetAttribute("href")!);
        var again = chosen.QuerySelector(".facet a.chosen")!;

        Assert.Contains("q=%ED%99%94%EC%9E%AC", safety.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("안전", again.TextContent, StringComparison.Ordinal);
        Assert.Equal("/portal/ko/datasets?q=%ED%99%94%EC%9E%AC", again.GetAttribute("href"));
        Assert.Single(chosen.QuerySelectorAll(".card"));
    }

    [Fact]
    public async Task A_dataset_shows_what_it_is_its_records_its_fields_and_its_files()
    {
        var page = await _portal.PageAsync("/portal/en/datasets/fires@nfa");

        Assert.Equal("화재 발생 현황", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(3, page.QuerySelectorAll("table.records tbody tr").Length);
        Assert.Equal(10, page.QuerySelectorAll("table.records thead th").Length);
        Assert.Contains("제주 \"특별\" 자치도", page.QuerySelector("table.records")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("37.5, 127", page.QuerySelector("table.records")!.TextContent, StringComparison.Ordinal);
        var files = page.QuerySelectorAll(".downloads a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.Equal(7, files.Count);
        foreach (var file in files)
        {
            using var answer = await _portal.SendAsync(HttpMethod.Get, file);
            Assert.True(answer.IsSuccessStatusCode, $"{file}: {answer.StatusCode}");
        }

        Assert.NotEmpty(page.QuerySelectorAll("#raise ~ .scroll tbody tr"));
        using var described = JsonDocument.Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent);
        Assert.Equal("Dataset", described.RootElement.GetProperty("@type").GetString());
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("?q=%EC%84%9C%EC%9A%B8", 1)]
    [InlineData("?f.%EC%8B%9C%EB%8F%84=%EA%B4%91%EC%97%AD", 1)]
    [InlineData("?f.casualties=3", 1)]
    [InlineData("?f.casualties=%3E%3D0", 2)]
    [InlineData("?f.damage=0.01..1", 1)]
    [InlineData("?f.day=2026-01", 2)]
    [InlineData("?f.day=2026", 3)]
    [InlineData("?f.day=2026-01-10..2026-02-01", 2)]
    [InlineData("?f.seen=2026-01-15", 1)]
    [InlineData("?f.arson=yes", 1)]
    [InlineData("?f.lat=%3C36&q=%EB%B6%80%EC%82%B0", 1)]
    [InlineData("?f.nothing=1", 3)]
    public async Task The_table_is_filtered_by_column(string question, int rows)
    {
        var page = await _portal.PageAsync(Table + question);

        Assert.Equal(rows, page.QuerySelectorAll("table.records tbody tr").Length);
        Assert.Equal(
            $"{rows} records",
            page.QuerySelectorAll("h2").First(heading => heading.TextContent.EndsWith("records", StringComparison.Ordinal)).TextContent);
        var api = await fires.Api.GetAsync(page.QuerySelectorAll("p.soft a")[^1].GetAttribute("href")!);
        Assert.Equal(rows, api.GetProperty("total_count").GetInt32());
    }

    [Fact]
    public async Task The_table_is_sorted_up_then_down_then_as_in_the_file()
    {
        var (up, down, file) = ("", "", "");
        up = Sort(await _portal.PageAsync(Table));
        var ascending = await _portal.PageAsync(up);
        down = Sort(ascending);
        var descending = await _portal.PageAsync(down);
        file = Sort(descending);

        Assert.Equal(["2026-01-02", "2026-01-15", "2026-02-01"], Days(ascending));
        Assert.Equal(["2026-02-01", "2026-01-15", "2026-01-02"], Days(descending));
        Assert.Equal("descending", descending.QuerySelector("th[aria-sort]")!.GetAttribute("aria-sort"));
        Assert.Equal(Table, file);

        static string Sort(IDocument page) =>
            page
                .QuerySelectorAll("table.records th a")
                .Single(link => link.TextContent.StartsWith("day", StringComparison.Ordinal))
                .GetAttribute("href")!;

        static IEnumerable<string> Days(IDocument page) =>
            page.QuerySelectorAll("table.records tbody tr").Select(row => row.QuerySelectorAll("td")[3].TextContent);
    }

    [Theory]
    [InlineData("?f.casualties=many")]
    [InlineData("?f.day=someday")]
    [InlineData("?f.damage=1..x%22")]
    public async Task A_filter_that_cannot_be_understood_is_said_beside_the_form(string question)
    {
        var page = await _portal.PageAsync(Table + question, HttpStatusCode.BadRequest);

        Assert.NotEmpty(page.QuerySelectorAll(".fault[role=alert]"));
        Assert.NotNull(page.QuerySelector("form.filters"));
    }

    [Fact]
    public async Task The_code_on_the_API_page_asks_what_the_table_shows()
    {
        var page = await _portal.PageAsync("/portal/en/datasets/fires@nfa/api?f.casualties=3");

        Assert.Equal(
            ["curl", "Python", "R", "JavaScript", "Power Query", "DuckDB"],
            page.QuerySelectorAll("section h2").Select(heading => heading.TextContent));
        var address = page.QuerySelector(".address a")!.GetAttribute("href")!;
        Assert.Contains(address, page.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
        var answer = await fires.Api.GetAsync(address);
        Assert.Equal(1, answer.GetProperty("total_count").GetInt32());
    }

    [Theory]
    [InlineData("/portal/ko/nothing")]
    [InlineData("/portal/en/datasets/fires@nfa/nothing")]
    [InlineData("/portal/en/datasets/none@nfa")]
    [InlineData("/portal/en/datasets/..%2f..%2fx")]
    [InlineData("/portal/en/requests/20260101-00000000")]
    public async Task What_is_not_there_is_a_page_that_says_so(string path)
    {
        var page = await _portal.PageAsync(path, HttpStatusCode.NotFound);

        Assert.NotEmpty(page.QuerySelectorAll("main h1"));
        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/datasets")]
    [InlineData("/datasets/fires@nfa")]
    [InlineData("/datasets/fires@nfa/table?sort=day")]
    [InlineData("/datasets/fires@nfa/api")]
    [InlineData("/requests")]
    [InlineData("/requests/new")]
    [InlineData("/requests/new?title=fire%20engines")]
    [InlineData("/plan")]
    [InlineData("/developers")]
    [InlineData("/desk")]
    public async Task Every_page_has_one_heading_labels_for_its_fields_and_runs_nothing_of_its_own(string path)
    {
        foreach (var language in (string[])["ko", "en"])
        {
            var page = await _portal.PageAsync($"/portal/{language}{path}");

            Assert.Single(page.QuerySelectorAll("h1"));
            Assert.Equal(
                $"/portal/{language}{path}", new Uri(page.QuerySelector("link[rel=canonical]")!.GetAttribute("href")!).PathAndQuery);
            Assert.Equal(2, page.QuerySelectorAll("link[rel=alternate]").Length);
            Assert.Empty(page.QuerySelectorAll("script:not([type='application/ld+json']), [style], style, [onclick]"));
            var ids = page.QuerySelectorAll("[id]").Select(element => element.Id).ToList();
            Assert.Equal(ids.Distinct(), ids);
            Assert.All(
                page.QuerySelectorAll("input:not([type=hidden]), select, textarea"),
                field => Assert.NotNull(page.QuerySelector($"label[for='{field.Id}']")));
        }
    }
}

using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.Tests.Api;

/// <summary>Each endpoint of the contract's table.</summary>
public class ExploreTests(FiresFixture fires) : IClassFixture<FiresFixture>
{
    [Fact]
    public async Task A_record_is_found_by_the_id_that_records_show_and_stays_the_same_under_a_newer_version()
    {
        await using var api = await TestFires.StartAsync();

        var shown =
            (await api.GetAsync(
                $"{TestFires.Path}/records?include_app_metas=true&include_links=true&where=casualties is null")).GetProperty("results")[0];
        var id = shown.GetProperty("_id").GetString();
        await TestFires.PublishAsync(api.Storage, new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));
        var record = await api.GetAsync($"{TestFires.Path}/records/{id}?select=day");
        var linked = await api.GetAsync(shown.GetProperty("_links")[0].GetProperty("href").GetString()!);

        Assert.EndsWith("-2", id, StringComparison.Ordinal);
        Assert.Equal("2026-03-05T00:01:00+00:00", shown.GetProperty("_timestamp").GetString());
        Assert.Equal(Encoding.UTF8.GetByteCount("제주 \"특별\" 자치도") + "2026-02-01".Length, shown.GetProperty("_size").GetInt32());
        Assert.Equal("{\"day\":\"2026-02-01\"}", record.GetRawText());
        Assert.Equal("2026-02-01", linked.GetProperty("day").GetString());
        await api.GetAsync($"{TestFires.Path}/records/{id}9", HttpStatusCode.NotFound);
        await api.GetAsync($"{TestFires.Path}/records/nothing", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Facets_are_counted_refined_and_excluded()
    {
        var api = fires.Api;

        var days = await api.GetAsync($"{TestFires.Path}/facets?facet=day&refine=day:2026/01");
        var places = await api.GetAsync(
            $"{TestFires.Path}/facets?facet=facet(name=\"시도\", sort=\"alphanum\", disjunctive=true)&refine=시도:서울특별시&exclude=시도:부산광역시");

        Assert.Equal(
            """[{"name":"day","facets":[{"name":"2026","value":"2026","count":2,"state":"refined","facets":["""
                + """{"name":"01","value":"2026/01","count":2,"state":"refined","facets":[{"name":"15","value":"2026/01/15","count":"""
                + """1,"state":"displayed"},{"name":"02","value":"2026/01/02","count":1,"state":"displayed"}]}]}]}]""",
            days.GetProperty("facets").GetRawText());
        Assert.Equal(
            """[{"name":"시도","facets":[{"name":"서울특별시","value":"서울특별시","count":1,"state":"refined"},"""
                + """{"name":"제주 \"특별\" 자치도","value":"제주 \"특별\" 자치도","count":1,"state":"displayed"},"""
                + """{"name":"부산광역시","value":"부산광역시","state":"excluded"}]}]""",
            JsonSerializer.Serialize(places.GetProperty("facets"), OpenDataJson.Options));
        Assert.Contains(
            "Did you mean 'day'?",
            (await api.GetAsync($"{TestFires.Path}/facets?facet=dai", HttpStatusCode.BadRequest)).GetProperty("message").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_with_a_separator_are_paths_that_are_walked_step_by_step()
    {
        await using var api = await TestApi.StartAsync();
        await TestDatasets.PublishAsync(
            api.Storage,
            "places@x",
            ["SELECT unnest(['a/b/c', 'a/b', 'a/d', 'ab', NULL]) AS path, 1 AS n"],
            [TestDatasets.Field("path", FieldType.Text), TestDatasets.Field("n", FieldType.Int)],
            new DatasetMetadata { Theme = ["land/homes", "land", "sea"] });

        Assert.Equal(
            "a 3 displayed, ab 1 displayed", await FacetAsync("datasets/places@x/facets?facet=facet(name=\"path\", separator=\"/\")"));
        Assert.Equal(
            "a 3 refined (b 2 refined (c 1 displayed), d 1 displayed)",
            await FacetAsync(
                "datasets/places@x/facets?facet=facet(name=\"path\", hierarchical=true, separator=\"/\", disjunctive=true)&refine=path:a/b",
                "a"));
        Assert.Equal(
            "a 2 refined (b 2 refined (c 1 displayed))",
            await FacetAsync("datasets/places@x/facets?facet=facet(name=\"path\", separator=\"/\")&refine=path:a/b"));
        Assert.Equal(
            "land 1 refined (homes 1 displayed), sea 1 displayed",
            await FacetAsync("facets?facet=facet(name=\"theme\", separator=\"/\")&refine=theme:land"));
        await api.GetAsync(
            $"{TestApi.Explore}/datasets/places@x/facets?facet=facet(name=\"n\", hierarchical=true)&refine=n:1", HttpStatusCode.BadRequest);

        async Task<string> FacetAsync(string path, string? only = null) =>
            Show((await api.GetAsync($"{TestApi.Explore}/{path}")).GetProperty("facets")[0].GetProperty("facets"), only);

        static string Show(JsonElement values, string? only = null) =>
            string.Join(", ", values
                .EnumerateArray()
                .Where(value => only is null || value.GetProperty("name").GetString() == only)
                .Select(value =>
            $"{value.GetProperty("name")} {value.GetProperty("count")} "
            + $"{value.GetProperty("state")}{(value.TryGetProperty("facets", out var below) ? $" ({Show(below)})" : "")}"));
    }

    [Fact]
    public async Task The_catalogue_is_queried_by_the_same_language()
    {
        await using var api = await TestFires.StartAsync();
        await TestDatasets.PublishAsync(
            api.Storage, "prices@molit", ["SELECT 1 AS price"], [TestDatasets.Field("price", FieldType.Int)],
            new DatasetMetadata { Title = "Apartment prices", Theme = ["주거", "안전"], Description = "Sale prices in Séoul" });

        var all = await api.GetAsync($"{TestApi.Explore}/datasets?order_by=dataset_id&include_links=true");
        var found = await api.GetAsync($"{TestApi.Explore}/datasets?select=dataset_id,records_count,title&where=search(\"seoul\")");
        var themed = await api.GetAsync($"{TestApi.Explore}/datasets?select=dataset_id&refine=theme:재난");
        var themes = await api.GetAsync($"{TestApi.Explore}/datasets?select=count(*) as n&group_by=theme&order_by=-n");
        var facets = await api.GetAsync($"{TestApi.Explore}/facets?facet=theme&facet=features");
        var one = await api.GetAsync($"{TestApi.Explore}/datasets/prices@molit");

        Assert.Equal(2, all.GetProperty("total_count").GetInt32());
        Assert.Equal("fires@nfa", all.GetProperty("results")[0].GetProperty("dataset_id").GetString());
        Assert.Equal(
            "fires@nfa",
            (await api.GetAsync(all.GetProperty("results")[0].GetProperty("_links")[0].GetProperty("href").GetString()!))
                .GetProperty("dataset_id")
                .GetString());
        Assert.Equal(
            """{"total_count":1,"results":[{"dataset_id":"prices@molit","records_count":1,"title":"Apartment prices"}]}""",
            found.GetRawText());
        Assert.Equal("""[{"dataset_id":"fires@nfa"}]""", themed.GetProperty("results").GetRawText());
        Assert.Equal("""{"results":[{"n":2,"theme":"안전"},{"n":1,"theme":"재난"},{"n":1,"theme":"주거"}]}""", themes.GetRawText());
        Assert.Equal(2, facets.GetProperty("facets")[0].GetProperty("facets")[0].GetProperty("count").GetInt32());
        Assert.Equal(
            one.GetRawText(),
            JsonSerializer.Serialize(Without(all.GetProperty("results")[1], "_links"), OpenData.Query.Subjects.CatalogSnapshot.Json));
        Assert.Equal(
            ["주거", "안전"],
            one.GetProperty("metas").GetProperty("default").GetProperty("theme").EnumerateArray().Select(theme => theme.GetString()));
        Assert.Equal(JsonValueKind.Null, one.GetProperty("metas").GetProperty("default").GetProperty("license").ValueKind);
    }

    [Fact]
    public async Task A_new_version_appears_in_the_catalogue_and_an_old_one_can_be_pinned()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var api = await TestFires.StartAsync(time: time);
        var old = (await api.GetAsync(TestFires.Path)).GetProperty("metas").GetProperty("default").GetProperty("version").GetString();
        await TestDatasets.PublishAsync(
            api.Storage,
            "fires@nfa",
            ["SELECT 1 AS only"],
            [TestDatasets.Field("only", FieldType.Int)],
            droppedAt: new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));

        time.Advance(TimeSpan.FromSeconds(1)); // an answer of the catalogue is reused for a second

        Assert.Equal("""{"total_count":1,"results":[{"only":1}]}""", (await api.GetAsync($"{TestFires.Path}/records")).GetRawText());
        Assert.Equal(3, (await api.GetAsync($"{TestFires.Path}/records?version={old}")).GetProperty("total_count").GetInt32());
        Assert.Equal(3, (await api.GetAsync($"{TestFires.Path}/exports/json?version={old}")).GetArrayLength());
        await api.GetAsync($"{TestFires.Path}/records?version=20200101T000000000Z-00000000", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Attachments_are_the_original_files()
    {
        var api = fires.Api;

        var attachment = (await api.GetAsync($"{TestFires.Path}/attachments")).GetProperty("attachments")[0];
        using var file = await api.Http.GetAsync(attachment.GetProperty("href").GetString());

        Assert.Equal("text/csv", attachment.GetProperty("metas").GetProperty("mime-type").GetString());
        Assert.Equal("name\n홍대\n", await file.Content.ReadAsStringAsync());
        Assert.Equal("data.csv", file.Content.Headers.ContentDisposition!.FileName);
        await api.GetAsync($"{TestFires.Path}/attachments/other.csv", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Every_dataset_tells_how_good_it_is_and_is_found_by_it()
    {
        await using var api = await TestApi.StartAsync();
        await TestDatasets.PublishAsync(
            api.Storage,
            "good@a",
            ["SELECT 1 AS n"],
            [TestDatasets.Field("n", FieldType.Int)],
            new DatasetMetadata
            {
                Title = "좋은 자료",
                Description = "A good one.",
                License = "KOGL-1",
                Theme = ["GOVE"],
                Keyword = ["k"],
                Contact = "a@example.org",
            },
            profile: new { fields = new[] { new { name = "n", nulls = 0, distinct = 1 } } });
        await TestDatasets.PublishAsync(api.Storage, "bare@a", ["SELECT 1 AS n"], [TestDatasets.Field("n", FieldType.Int)]);

        var quality = (await api.GetAsync($"{TestApi.Explore}/datasets/good@a")).GetProperty("metas").GetProperty("quality");
        var listed = await api.GetAsync($"{TestApi.Explore}/datasets?select=dataset_id, quality.score&order_by=quality.score desc");
        var rated = await api.GetAsync($"{TestApi.Explore}/facets?facet=quality.metadata_rating&refine=quality.metadata_rating:good");

        Assert.Equal(
            """{"score":71.4,"metadata_rating":"good","metadata_points":335,"findability":60,"accessibility":100,"interoperability":"""
                + """110,"reusability":50,"contextuality":15,"data_points":60,"completeness":30,"validity":30,"uniqueness":0,"""
                + "\"freshness\":0}",
            quality.GetRawText());
        Assert.Equal(
            ["good@a", "bare@a"], listed.GetProperty("results").EnumerateArray().Select(one => one.GetProperty("dataset_id").GetString()));
        Assert.Equal(71.4, listed.GetProperty("results")[0].GetProperty("quality.score").GetDouble());
        Assert.Equal(
            """[{"name":"good","value":"good","count":1,"state":"refined"}]""",
            rated.GetProperty("facets")[0].GetProperty("facets").GetRawText());
    }

    [Theory]
    [InlineData("where=default.title like \"화재\"", 1)]
    [InlineData("where=default.modified > date'2026' and dcat.issued > 2025", 0)]
    [InlineData("where=modified = date'2026-03-05' and data_processed >= default.data_processed", 1)]
    [InlineData("where=default.records_count in [3..3] and \"재난\" in default.theme", 1)]
    [InlineData("where=metas = \"x\" or fields in (\"\", \"[\")&refine=attachments:x&exclude=fields:y", 0)]
    [InlineData("where=search(fields, \"casualties\") and metas is not null&exclude=attachments:x", 1)]
    [InlineData("where=language = \"ko\"&refine=default.publisher:소방청&exclude=default.license:x", 1)]
    public async Task Metadata_may_be_named_with_their_template(string question, int datasets) =>
        Assert.Equal(datasets, (await fires.Api.GetAsync($"{TestApi.Explore}/datasets?{question}")).GetProperty("total_count").GetInt32());

    [Fact]
    public async Task Of_the_catalogue_those_facets_are_counted_that_have_something_to_choose_from()
    {
        var facets = await fires.Api.GetAsync($"{TestApi.Explore}/facets");
        var pairs = await fires.Api.GetAsync(
            $"{TestApi.Explore}/datasets?select=features, theme, count(*)&group_by=features, theme&limit=3");

        Assert.Equal(
            ["features", "theme", "keyword", "license", "publisher", "language", "modified", "accrualperiodicity", "metadata_rating"],
            facets.GetProperty("facets").EnumerateArray().Select(facet => facet.GetProperty("name").GetString()));
        Assert.Equal(
            """[{"features":"analyze","theme":"안전","count(*)":1},{"features":"analyze","theme":"재난","count(*)":1},"""
                + """{"features":"geo","theme":"안전","count(*)":1}]""",
            pairs.GetProperty("results").GetRawText());
    }

    private static Dictionary<string, JsonElement> Without(JsonElement record, string member) =>
        record.EnumerateObject().Where(one => one.Name != member).ToDictionary(one => one.Name, one => one.Value);
}

using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using DuckDB.NET.Data;
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

        var shown = (await api.GetAsync($"{TestFires.Path}/records?include_app_metas=true&include_links=true&where=casualties is null")).GetProperty("results")[0];
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
        var places = await api.GetAsync($"{TestFires.Path}/facets?facet=facet(name=\"시도\", sort=\"alphanum\", disjunctive=true)&refine=시도:서울특별시&exclude=시도:부산광역시");

        Assert.Equal(
            """[{"name":"day","facets":[{"name":"2026","value":"2026","count":2,"state":"refined","facets":[{"name":"01","value":"2026/01","count":2,"state":"refined","facets":[{"name":"15","value":"2026/01/15","count":1,"state":"displayed"},{"name":"02","value":"2026/01/02","count":1,"state":"displayed"}]}]}]}]""",
            days.GetProperty("facets").GetRawText());
        Assert.Equal(
            """[{"name":"시도","facets":[{"name":"서울특별시","value":"서울특별시","count":1,"state":"refined"},{"name":"제주 \"특별\" 자치도","value":"제주 \"특별\" 자치도","count":1,"state":"displayed"},{"name":"부산광역시","value":"부산광역시","state":"excluded"}]}]""",
            JsonSerializer.Serialize(places.GetProperty("facets"), OpenDataJson.Options));
        Assert.Contains("Did you mean 'day'?", (await api.GetAsync($"{TestFires.Path}/facets?facet=dai", HttpStatusCode.BadRequest)).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_with_a_separator_are_paths_that_are_walked_step_by_step()
    {
        await using var api = await TestApi.StartAsync();
        await TestDatasets.PublishAsync(
            api.Storage, "places@x", ["SELECT unnest(['a/b/c', 'a/b', 'a/d', 'ab', NULL]) AS path, 1 AS n"], [TestDatasets.Field("path", FieldType.Text), TestDatasets.Field("n", FieldType.Int)],
            new DatasetMetadata { Theme = ["land/homes", "land", "sea"] });

        Assert.Equal("a 3 displayed, ab 1 displayed", await FacetAsync("datasets/places@x/facets?facet=facet(name=\"path\", separator=\"/\")"));
        Assert.Equal("a 3 refined (b 2 refined (c 1 displayed), d 1 displayed)", await FacetAsync("datasets/places@x/facets?facet=facet(name=\"path\", hierarchical=true, separator=\"/\", disjunctive=true)&refine=path:a/b", "a"));
        Assert.Equal("a 2 refined (b 2 refined (c 1 displayed))", await FacetAsync("datasets/places@x/facets?facet=facet(name=\"path\", separator=\"/\")&refine=path:a/b"));
        Assert.Equal("land 1 refined (homes 1 displayed), sea 1 displayed", await FacetAsync("facets?facet=facet(name=\"theme\", separator=\"/\")&refine=theme:land"));
        await api.GetAsync($"{TestApi.Explore}/datasets/places@x/facets?facet=facet(name=\"n\", hierarchical=true)&refine=n:1", HttpStatusCode.BadRequest);

        async Task<string> FacetAsync(string path, string? only = null) => Show((await api.GetAsync($"{TestApi.Explore}/{path}")).GetProperty("facets")[0].GetProperty("facets"), only);

        static string Show(JsonElement values, string? only = null) => string.Join(", ", values.EnumerateArray().Where(value => only is null || value.GetProperty("name").GetString() == only).Select(value =>
            $"{value.GetProperty("name")} {value.GetProperty("count")} {value.GetProperty("state")}{(value.TryGetProperty("facets", out var below) ? $" ({Show(below)})" : "")}"));
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
        Assert.Equal("fires@nfa", (await api.GetAsync(all.GetProperty("results")[0].GetProperty("_links")[0].GetProperty("href").GetString()!)).GetProperty("dataset_id").GetString());
        Assert.Equal("""{"total_count":1,"results":[{"dataset_id":"prices@molit","records_count":1,"title":"Apartment prices"}]}""", found.GetRawText());
        Assert.Equal("""[{"dataset_id":"fires@nfa"}]""", themed.GetProperty("results").GetRawText());
        Assert.Equal("""{"results":[{"n":2,"theme":"안전"},{"n":1,"theme":"재난"},{"n":1,"theme":"주거"}]}""", themes.GetRawText());
        Assert.Equal(2, facets.GetProperty("facets")[0].GetProperty("facets")[0].GetProperty("count").GetInt32());
        Assert.Equal(one.GetRawText(), JsonSerializer.Serialize(Without(all.GetProperty("results")[1], "_links"), OpenData.Query.Subjects.CatalogSnapshot.Json));
        Assert.Equal(["주거", "안전"], one.GetProperty("metas").GetProperty("default").GetProperty("theme").EnumerateArray().Select(theme => theme.GetString()));
        Assert.Equal(JsonValueKind.Null, one.GetProperty("metas").GetProperty("default").GetProperty("license").ValueKind);
    }

    [Fact]
    public async Task A_new_version_appears_in_the_catalogue_and_an_old_one_can_be_pinned()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var api = await TestFires.StartAsync(time: time);
        var old = (await api.GetAsync(TestFires.Path)).GetProperty("metas").GetProperty("default").GetProperty("version").GetString();
        await TestDatasets.PublishAsync(
            api.Storage, "fires@nfa", ["SELECT 1 AS only"], [TestDatasets.Field("only", FieldType.Int)], droppedAt: new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));

        time.Advance(TimeSpan.FromSeconds(1)); // an answer of the catalogue is reused for a second

        Assert.Equal("""{"total_count":1,"results":[{"only":1}]}""", (await api.GetAsync($"{TestFires.Path}/records")).GetRawText());
        Assert.Equal(3, (await api.GetAsync($"{TestFires.Path}/records?version={old}")).GetProperty("total_count").GetInt32());
        Assert.Equal(3, (await api.GetAsync($"{TestFires.Path}/exports/json?version={old}")).GetArrayLength());
        await api.GetAsync($"{TestFires.Path}/records?version=20200101T000000000Z-00000000", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Formats_are_listed_and_each_of_them_works()
    {
        var api = fires.Api;

        foreach (var link in (await api.GetAsync($"{TestFires.Path}/exports")).GetProperty("links").EnumerateArray().Concat((await api.GetAsync($"{TestApi.Explore}/exports")).GetProperty("links").EnumerateArray()))
        {
            using var response = await api.Http.GetAsync(link.GetProperty("href").GetString());
            Assert.True(response.IsSuccessStatusCode, link.GetRawText());
        }

        await api.GetAsync($"{TestFires.Path}/exports/shp", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Exports_have_every_option()
    {
        var api = fires.Api;
        const string Select = "select=시도,casualties as n,place&limit=1";

        Assert.Equal("\"시도\"|\"n\"|\"place\"\r\n\"서울특별시\"|3|\"37.5, 127.0\"\r\n", await Text($"csv?{Select}&delimiter=|&quote_all=true&with_bom=false"));
        Assert.Equal("시도,n,Place\r\n서울특별시,3,\"37.5, 127.0\"\r\n", await Text($"csv?{Select}&delimiter=,&use_labels=true&with_bom=false"));
        Assert.Equal("{\"시도\":\"서울특별시\",\"n\":3,\"place\":{\"lon\":127.0,\"lat\":37.5}}\n", await Text($"jsonl?{Select}"));
        Assert.Equal(
            """{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[127.0,37.5]},"properties":{"시도":"서울특별시","n":3}}]}""",
            await Text($"geojson?{Select}"));
        using var gzip = new GZipStream(await api.Http.GetStreamAsync($"{TestFires.Path}/exports/json?{Select}&compressed=true"), CompressionMode.Decompress);
        Assert.StartsWith("[{\"시도\"", await new StreamReader(gzip).ReadToEndAsync(), StringComparison.Ordinal);
        await api.GetAsync($"{TestFires.Path}/exports/csv?delimiter=x", HttpStatusCode.BadRequest);
        await api.GetAsync($"{TestFires.Path}/exports/geojson?select=시도", HttpStatusCode.BadRequest);
        await api.GetAsync($"{TestFires.Path}/exports/parquet?where=nothing > 1", HttpStatusCode.BadRequest);

        async Task<string> Text(string export) => Encoding.UTF8.GetString(await api.Http.GetByteArrayAsync($"{TestFires.Path}/exports/{export}"));
    }

    [Theory]
    [InlineData("snappy")]
    [InlineData("zstd")]
    public async Task A_parquet_export_reads_back_as_the_records_it_was_made_of(string codec)
    {
        var api = fires.Api;
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, await api.Http.GetByteArrayAsync($"{TestFires.Path}/exports/parquet?select=시도 as sido,damage * 1 as double,damage,place&where=casualties >= 0&parquet_compression={codec}"));

        using var duckDb = new DuckDBConnection("Data Source=:memory:");
        duckDb.Open();
        using var command = duckDb.CreateCommand();
        command.CommandText = $"SELECT string_agg(sido || damage || \"double\" || ST_AsText(place), ';') || (SELECT any_value(compression) FROM parquet_metadata('{file}')) FROM read_parquet('{file}')";

        Assert.Equal($"서울특별시1200.501200.5POINT (127 37.5);부산광역시0.050.05POINT (129 35.1){codec.ToUpperInvariant()}", command.ExecuteScalar());
        File.Delete(file);
    }

    [Theory]
    [InlineData("select=casualties * 9223372036854775807 as n", "out of range")]
    [InlineData("select=exclude(*)", "Nothing is selected")]
    [InlineData("order_by=count(*)", "Nothing is selected")]
    public async Task A_statement_that_fails_before_its_first_row_is_an_error_in_every_format(string question, string reason)
    {
        // Parquet several times: whoever writes may fail before whoever reads has begun to wait.
        foreach (var format in Enumerable.Repeat("parquet", 20).Concat(["csv", "json", "jsonl", "xlsx"]))
        {
            var answer = await fires.Api.GetAsync($"{TestFires.Path}/exports/{format}?{question}", HttpStatusCode.BadRequest);
            Assert.Contains(reason, answer.GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_excel_export_has_typed_cells_and_texts_that_are_no_formulas()
    {
        var api = fires.Api;
        using var zip = new ZipArchive(new MemoryStream(await api.Http.GetByteArrayAsync($"{TestFires.Path}/exports/xlsx?select='=1%2B1' as f,시도,casualties,damage,day,arson")));

        using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var cells = XDocument.Parse(await sheet.ReadToEndAsync()).Descendants().Where(element => element.Name.LocalName == "c")
            .ToDictionary(cell => cell.Attribute("r")!.Value, cell => (Type: cell.Attribute("t")?.Value, Text: cell.Value));

        Assert.Equal(("inlineStr", "=1+1"), cells["A2"]);
        Assert.Equal(("inlineStr", "서울특별시"), cells["B2"]);
        Assert.Equal((null, "3"), cells["C2"]);
        Assert.Equal(1200.5m, decimal.Parse(cells["D2"].Text, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("46024", cells["E2"].Text);
        Assert.Equal(("b", "0"), cells["F2"]);
        Assert.Equal("제주 \"특별\" 자치도", cells["B4"].Text);
        Assert.Equal("", cells.GetValueOrDefault("C4").Text ?? "");
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

    [Theory]
    [InlineData("limit=101", "at most 100")]
    [InlineData("limit=100&offset=9901", "at most 10000")]
    [InlineData("limit=20001&group_by=day", "at most 20000")]
    [InlineData("limit=-2", "at least -1")]
    [InlineData("limit=ten", "whole number")]
    [InlineData("offset=-1", "at least 0")]
    [InlineData("timezone=Mars/Phobos", "IANA")]
    [InlineData("lang=xx", "lang")]
    [InlineData("include_links=perhaps", "true or false")]
    [InlineData("epsg=3857", "4326")]
    [InlineData("limit=5&limit=6", "limit stands 2 times")]
    [InlineData("select=day&select=casualties", "select stands 2 times")]
    // what is almost a parameter
    [InlineData("wher=casualties>1", "Did you mean 'where'?")]
    [InlineData("wehre=casualties>1", "Did you mean 'where'?")]
    [InlineData("where[]=casualties>1", "Did you mean 'where'?")]
    [InlineData("orderby=day", "Did you mean 'order_by'?")]
    [InlineData("groupBy=day", "Did you mean 'group_by'?")]
    [InlineData("limits=5", "Did you mean 'limit'?")]
    [InlineData("time-zone=UTC", "Did you mean 'timezone'?")]
    [InlineData("include_app_meta=true", "Did you mean 'include_app_metas'?")]
    [InlineData("rows=5", "Did you mean 'limit'?")]
    [InlineData("q=fire", "?where=search(\"fire\")")]
    [InlineData("page=3&perPage=20", "?offset=40&limit=20")]
    [InlineData("pageNo=2&numOfRows=5&serviceKey=x", "?offset=5&limit=5")]
    [InlineData("시도=서울특별시", "?where=시도=\"서울특별시\"")]
    [InlineData("cond[시도::EQ]=서울특별시&cond[casualties::GTE]=1", "?where=시도=\"서울특별시\" and casualties>=\"1\"")]
    [InlineData("filters={\"arson\":[\"true\",\"false\"],\"시도\":\"부산광역시\"}", "?where=arson in (\"true\", \"false\") and 시도=\"부산광역시\"")]
    [InlineData("refine.시도=부산광역시&rows=3", "?refine=시도:부산광역시&limit=3")]
    [InlineData("$where=casualties > 1&$limit=2&where=damage > 0", "?where=casualties > 1 and damage > 0&limit=2")]
    [InlineData("search=화재", "?where=search(\"화재\")")]
    public async Task A_parameter_that_cannot_be_honoured_is_an_error_that_says_why(string query, string reason)
    {
        var api = fires.Api;

        var answer = await api.GetAsync($"{TestFires.Path}/records?{query}", HttpStatusCode.BadRequest);

        Assert.Contains(reason, answer.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("_=1700000000")]
    [InlineData("utm_source=mail&ref=x&t=1&callback=f&session=4&format=json")]
    [InlineData("LIMIT=10&Where=casualties is null or casualties >= 0")]
    [InlineData("facet=day&delimiter=|&apikey=")]
    [InlineData("limit=5&limit=5&select=&select=day&group_by=")]
    public async Task A_parameter_that_is_nothing_like_ours_or_means_nothing_here_is_left_alone(string query) =>
        Assert.Equal(3, (await fires.Api.GetAsync($"{TestFires.Path}/records?{query}")).GetProperty("total_count").GetInt32());

    [Fact]
    public async Task A_limit_of_minus_one_is_the_maximum()
    {
        var api = fires.Api;

        Assert.Equal(3, (await api.GetAsync($"{TestFires.Path}/records?limit=-1")).GetProperty("results").GetArrayLength());
        Assert.Equal(0, (await api.GetAsync($"{TestFires.Path}/records?limit=0")).GetProperty("results").GetArrayLength());
    }

    [Fact]
    public async Task Long_questions_come_by_POST()
    {
        var api = fires.Api;
        var list = string.Join(", ", Enumerable.Range(0, 900).Select(n => $"\"city {n}\"").Append("\"부산광역시\""));

        using var response = await api.Http.PostAsJsonAsync($"{TestFires.Path}/records", new { select = "casualties", where = new[] { $"시도 in ({list})", "casualties = 0" }, limit = 5 });
        using var broken = await api.Http.PostAsync($"{TestFires.Path}/records", new StringContent("[1", Encoding.UTF8, "application/json"));

        Assert.Equal("""{"total_count":1,"results":[{"casualties":0}]}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
    }

    [Theory]
    [InlineData("{\"wher\":\"casualties > 1\"}", "Did you mean 'where'?")]
    [InlineData("{\"utm_source\":\"mail\"}", "There is no parameter 'utm_source'.")]
    [InlineData("{\"where\":\"\\ud800\"}", "unpaired surrogate")]
    [InlineData("{\"where\":\"\u0080\"}", "must be in UTF-8: the bytes at offset 10")]
    [InlineData("{\"where\":{}}", "where must be a text")]
    [InlineData("{\"where\":[[]]}", "where must be a text")]
    [InlineData("[]", "must be one JSON object")]
    [InlineData("{\"limit\":1}}", "not JSON at line 1, byte 12")]
    [InlineData("{\"limit\":1.5}", "whole number")]
    public async Task A_body_that_cannot_be_read_is_an_error_that_says_why(string body, string reason)
    {
        // Latin-1, so that a test can hold bytes that are no UTF-8.
        using var response = await fires.Api.Http.PostAsync($"{TestFires.Path}/records", new ByteArrayContent(Encoding.Latin1.GetBytes(body)));
        var answer = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(reason, answer.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clauses_of_one_question_are_bounded_together()
    {
        await RefusedAsync(new { where = Enumerable.Repeat("casualties in (1, 2, 3)", 3_000) }, "at most 50000");
        await RefusedAsync(new { where = string.Join(" or ", Enumerable.Range(0, 101).Select(n => $"search(\"a{n}\")")) }, "more than 100 words");
        await RefusedAsync(new { facet = new[] { "facet(name=\"day\", limit=20000)", "day" } }, "more than 20000", "facets");

        async Task RefusedAsync(object body, string reason, string path = "records")
        {
            using var response = await fires.Api.Http.PostAsJsonAsync($"{TestFires.Path}/{path}", body);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains(reason, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_dataset_tells_how_good_it_is_and_is_found_by_it()
    {
        await using var api = await TestApi.StartAsync();
        await TestDatasets.PublishAsync(
            api.Storage, "good@a", ["SELECT 1 AS n"], [TestDatasets.Field("n", FieldType.Int)], new DatasetMetadata { Title = "좋은 자료", Description = "A good one.", License = "KOGL-1", Theme = ["GOVE"], Keyword = ["k"], Contact = "a@example.org" },
            profile: new { fields = new[] { new { name = "n", nulls = 0, distinct = 1 } } });
        await TestDatasets.PublishAsync(api.Storage, "bare@a", ["SELECT 1 AS n"], [TestDatasets.Field("n", FieldType.Int)]);

        var quality = (await api.GetAsync($"{TestApi.Explore}/datasets/good@a")).GetProperty("metas").GetProperty("quality");
        var listed = await api.GetAsync($"{TestApi.Explore}/datasets?select=dataset_id, quality.score&order_by=quality.score desc");
        var rated = await api.GetAsync($"{TestApi.Explore}/facets?facet=quality.metadata_rating&refine=quality.metadata_rating:good");

        Assert.Equal(
            """{"score":71.4,"metadata_rating":"good","metadata_points":335,"findability":60,"accessibility":100,"interoperability":110,"reusability":50,"contextuality":15,"data_points":60,"completeness":30,"validity":30,"uniqueness":0,"freshness":0}""",
            quality.GetRawText());
        Assert.Equal(["good@a", "bare@a"], listed.GetProperty("results").EnumerateArray().Select(one => one.GetProperty("dataset_id").GetString()));
        Assert.Equal(71.4, listed.GetProperty("results")[0].GetProperty("quality.score").GetDouble());
        Assert.Equal("""[{"name":"good","value":"good","count":1,"state":"refined"}]""", rated.GetProperty("facets")[0].GetProperty("facets").GetRawText());
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
        var pairs = await fires.Api.GetAsync($"{TestApi.Explore}/datasets?select=features, theme, count(*)&group_by=features, theme&limit=3");

        Assert.Equal(["features", "theme", "keyword", "license", "publisher", "language", "modified", "accrualperiodicity", "metadata_rating"], facets.GetProperty("facets").EnumerateArray().Select(facet => facet.GetProperty("name").GetString()));
        Assert.Equal("""[{"features":"analyze","theme":"안전","count(*)":1},{"features":"analyze","theme":"재난","count(*)":1},{"features":"geo","theme":"안전","count(*)":1}]""", pairs.GetProperty("results").GetRawText());
    }

    private static Dictionary<string, JsonElement> Without(JsonElement record, string member) =>
        record.EnumerateObject().Where(one => one.Name != member).ToDictionary(one => one.Name, one => one.Value);
}

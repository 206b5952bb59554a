using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.Extensions.Time.Testing;
using OpenData.Api.Harvest;
using OpenData.Catalog;
using OpenData.Lake;
using static OpenData.Tests.TestDatasets;

namespace OpenData.Tests.Api.Harvest;

/// <summary>
/// A catalogue with everything that is hard to write: Hangul names, quotation marks, line ends, what XML cannot hold, and addresses with
/// spaces.
/// </summary>
public sealed class HarvestFixture : IAsyncLifetime
{
    internal TestApi Api { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Api = await TestFires.StartAsync(
            // no midnight between two answers
            settings => settings with { PortalName = "공공데이터포털" }, new FakeTimeProvider(DateTimeOffset.UtcNow));
        await PublishAsync(
            Api.Storage, "부동산_거래.2025@국토교통부", ["SELECT DATE '2025-03-01' AS day"], [Field("day", FieldType.Date)],
            new DatasetMetadata
            {
                Title = "Sales & \"rents\" <2025>\\",
                Description = "First line\r\nsecond\tline\u0001 and 😀 \ud800 end",
                Theme = ["ECON", "부동산 / 주거"],
                Keyword = ["집", "a;b,c"],
                License = "CC-BY-4.0",
                Publisher = "국토교통부",
                Contact = "open@molit.example.kr",
                Spatial = "https://example.org/한국 남부",
                Temporal = "2025-01/2025-12-31",
                AccessRights = "public",
                Rights = "Name the source.",
                UpdateFrequency = "monthly",
            });
        await PublishAsync(
            Api.Storage,
            "bare@agency",
            ["SELECT 1 AS n"],
            [Field("n", FieldType.Int)],
            new DatasetMetadata { License = "my own licence", Contact = "Desk 3" });
    }

    public async Task DisposeAsync() => await Api.DisposeAsync();
}

/// <summary>What harvesters and search engines read.</summary>
public class HarvestTests(HarvestFixture fixture) : IClassFixture<HarvestFixture>
{
    private const string Exports = $"{TestApi.Explore}/exports";
    private const string Sales = "%EB%B6%80%EB%8F%99%EC%82%B0_%EA%B1%B0%EB%9E%98.2025@%EA%B5%AD%ED%86%A0%EA%B5%90%ED%86%B5%EB%B6%80";

    private static readonly XNamespace Rdf =
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#", Dcat = "http://www.w3.org/ns/dcat#", Dct = "http://purl.org/dc/terms/";

    [Fact]
    public async Task The_three_serialisations_of_RDF_are_one_graph()
    {
        var xml = Graph.OfXml(await TextAsync("rdf"));

        Assert.True(xml.Count > 200, $"{xml.Count} statements");
        Assert.Equal(xml, Graph.OfTurtle(await TextAsync("ttl")));
        Assert.Equal(xml, Graph.OfJson(await TextAsync("jsonld")));
        Assert.Equal(xml, Graph.OfXml(await TextAsync("dcat")));
    }

    [Fact]
    public async Task Texts_and_addresses_arrive_as_they_were_written()
    {
        var graph = Graph.OfTurtle(await TextAsync("ttl"));
        var sales = $"<{fixture.Api.Http.BaseAddress!.AbsoluteUri.TrimEnd('/')}{TestApi.Explore}/datasets/{Sales}>";

        Assert.Contains(
            graph,
            statement => statement.EndsWith(
                "catalog#publisher> <http://xmlns.com/foaf/0.1/name> " + JsonSerializer.Serialize("공공데이터포털") + "@ko",
                StringComparison.Ordinal));
        Says("dct:title", JsonSerializer.Serialize("Sales & \"rents\" <2025>\\"));
        Says("dct:description", JsonSerializer.Serialize("First line\r\nsecond\tline\uFFFD and 😀 \uFFFD end"));
        Says("dct:spatial", "<https://example.org/%ED%95%9C%EA%B5%AD%20%EB%82%A8%EB%B6%80>");
        Says("dcat:keyword", JsonSerializer.Serialize("집") + "@ko");
        Says("dcat:theme", "<http://publications.europa.eu/resource/authority/data-theme/ECON>");
        Says("dct:accrualPeriodicity", "<http://publications.europa.eu/resource/authority/frequency/MONTHLY>");
        Assert.Contains(
            "<http://publications.europa.eu/resource/authority/data-theme/ECON> <http://www.w3.org/2004/02/skos/core#prefLabel> \"Economy "
            + "and finance\"@en",
            graph);
        Assert.Contains(
            "<http://publications.europa.eu/resource/authority/frequency/MONTHLY> <http://www.w3.org/2004/02/skos/core#inScheme> "
            + "<http://publications.europa.eu/resource/authority/frequency>",
            graph);
        Says(
            "dct:temporal",
            "{<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://purl.org/dc/terms/PeriodOfTime>; "
            + "<http://www.w3.org/ns/dcat#endDate> \"2025-12-31\"^^<http://www.w3.org/2001/XMLSchema#date>; "
            + "<http://www.w3.org/ns/dcat#startDate> \"2025-01\"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>}");

        void Says(string predicate, string value)
        {
            var vocabulary = predicate.StartsWith("dct:", StringComparison.Ordinal) ? Dct : Dcat;
            Assert.Contains($"{sales} <{vocabulary.NamespaceName}{predicate.Split(':')[1]}> {value}", graph);
        }
    }

    /// <summary>
    /// What DCAT-AP 3.0 demands (https://semiceu.github.io/DCAT-AP/releases/3.0.0): of each class its mandatory properties, and here all
    /// that we know besides.
    /// </summary>
    [Theory]
    [InlineData("Catalog", "dct:title dct:description dct:publisher dcat:dataset dcat:record dcat:service")]
    [InlineData("CatalogRecord", "dct:modified foaf:primaryTopic dct:conformsTo")]
    [InlineData(
        "Dataset",
        "dct:title dct:description dct:identifier dct:publisher dct:accessRights dct:issued dct:modified dcat:version dcat:landingPage "
        + "dcat:distribution dqv:hasQualityMeasurement")]
    [InlineData("Distribution", "dcat:accessURL dct:title dcat:mediaType dct:modified")]
    [InlineData("DataService", "dct:title dcat:endpointURL dcat:endpointDescription")]
    public async Task Every_resource_has_what_its_class_demands(string type, string properties)
    {
        var text = await TextAsync("rdf");
        var prefixes = XDocument.Parse(text).Root!
            .Attributes()
            .Where(attribute => attribute.IsNamespaceDeclaration)
            .ToDictionary(attribute => attribute.Name.LocalName, attribute => attribute.Value);
        var graph = Graph.OfXml(text);
        var resources = graph
            .Where(statement => statement.EndsWith($" <{Rdf.NamespaceName}type> <{Dcat.NamespaceName}{type}>", StringComparison.Ordinal))
            .Select(statement => statement.Split(' ')[0])
            .ToList();

        Assert.NotEmpty(resources);
        Assert.All(resources, resource => Assert.All(properties.Split(' '), property =>
            Assert.Contains(
                graph,
                statement => statement.StartsWith(
                    $"{resource} <{prefixes[property.Split(':')[0]]}{property.Split(':')[1]}> ", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_distribution_tells_where_how_big_and_with_which_checksum_and_is_there()
    {
        var datasets = XDocument.Parse(await TextAsync("rdf")).Descendants(Dcat + "Dataset").ToList();
        var fires = datasets.Single(dataset => (string?)dataset.Element(Dct + "identifier") == "fires@nfa");
        var files = fires.Descendants(Dcat + "Distribution").Where(file => file.Element(Dcat + "downloadURL") is not null).ToList();

        Assert.Equal(3, datasets.Count);
        Assert.Equal(
            ["csv", "data.csv", "geojson", "json", "jsonl", "parquet", "xlsx"],
            files.Select(file => ((string)file.Attribute(Rdf + "about")!).Split('/')[^1]).Order(StringComparer.Ordinal));
        foreach (var file in files)
        {
            using var response = await fixture.Api.Http.GetAsync(IriOf(file.Element(Dcat + "downloadURL")!));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.EndsWith(
                "/" + response.Content.Headers.ContentType!.MediaType, IriOf(file.Element(Dcat + "mediaType")!), StringComparison.Ordinal);
        }

        var original = files.Single(file => file.Element(Dcat + "byteSize") is not null);
        Assert.Equal("100", (string)original.Element(Dcat + "byteSize")!);
        Assert.Equal(new string('0', 64), (string)original.Descendants().Single(element => element.Name.LocalName == "checksumValue"));
    }

    [Fact]
    public async Task Data_json_has_what_its_schema_demands()
    {
        var catalog = await fixture.Api.GetAsync($"{Exports}/data.json");
        var datasets = catalog
            .GetProperty("dataset")
            .EnumerateArray()
            .ToDictionary(dataset => dataset.GetProperty("identifier").GetString()!.Split('/')[^1]);
        var sales = datasets[Sales];

        Assert.Equal("https://project-open-data.cio.gov/v1.1/schema", catalog.GetProperty("conformsTo").GetString());
        Assert.All(datasets.Values, dataset =>
        {
            foreach (var name in new[] { "title", "description", "modified", "identifier", "accessLevel" })
            {
                Assert.NotEmpty(dataset.GetProperty(name).GetString()!);
            }

            Assert.NotEqual(0, dataset.GetProperty("keyword").GetArrayLength());
            Assert.NotEmpty(dataset.GetProperty("publisher").GetProperty("name").GetString()!);
            Assert.NotEmpty(dataset.GetProperty("contactPoint").GetProperty("fn").GetString()!);
            Assert.All(
                dataset.GetProperty("distribution").EnumerateArray(),
                file => Assert.Equal(file.TryGetProperty("downloadURL", out _), file.TryGetProperty("mediaType", out _)));
        });
        Assert.Equal("mailto:open@molit.example.kr", sales.GetProperty("contactPoint").GetProperty("hasEmail").GetString());
        Assert.Equal("https://creativecommons.org/licenses/by/4.0/", sales.GetProperty("license").GetString());
        Assert.Equal("2025-01/2025-12-31", sales.GetProperty("temporal").GetString());
        Assert.Equal("R/P1M", sales.GetProperty("accrualPeriodicity").GetString());
    }

    [Fact]
    public async Task News_of_datasets_come_as_RSS()
    {
        var channel = XDocument.Parse(await TextAsync("rss?where=publisher = \"국토교통부\"")).Root!.Element("channel")!;
        var item = channel.Elements("item").Single();

        Assert.Equal("Sales & \"rents\" <2025>\\", (string)item.Element("title")!);
        Assert.Equal(["ECON", "부동산 / 주거"], item.Elements("category").Select(category => (string)category));
        Assert.Equal("Thu, 05 Mar 2026 00:00:00 GMT", (string)item.Element("pubDate")!);
        Assert.EndsWith(Sales, (string)item.Element("link")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_description_from_the_data_names_each_column_once_and_is_long_enough_for_search_engines()
    {
        var rss = XDocument.Parse(await TextAsync("rss?where=dataset_id = \"fires@nfa\""));
        var fires = await DescribedAsync("fires@nfa");
        var bare = await DescribedAsync("bare@agency");

        const string Columns = "화재 발생 현황: 3 records with the fields 시도, casualties, damage, day, reported, seen, lat, lon, arson.";
        Assert.Equal(Columns, (string)rss.Descendants("item").Single().Element("description")!);
        Assert.Equal(Columns, fires.GetProperty("description").GetString());
        Assert.Equal(9, fires.GetProperty("variableMeasured").GetArrayLength());
        Assert.Equal("bare: 1 records with the fields n.", bare.GetProperty("description").GetString());
    }

    [Fact]
    public async Task A_dataset_is_described_for_search_engines_to_those_who_ask()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{TestApi.Explore}/datasets/{Sales}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/ld+json"));
        using var response = await fixture.Api.Http.SendAsync(request);
        var described = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());

        Assert.Equal("application/ld+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            ("https://schema.org/", "Dataset"),
            (described.GetProperty("@context").GetString(), described.GetProperty("@type").GetString()));
        Assert.Equal("Sales & \"rents\" <2025>\\", described.GetProperty("name").GetString());
        Assert.Equal("2025-01/2025-12-31", described.GetProperty("temporalCoverage").GetString());
        Assert.Contains(
            described.GetProperty("distribution").EnumerateArray(),
            file => file.GetProperty("contentUrl").GetString()!.EndsWith($"{Sales}/exports/csv", StringComparison.Ordinal));
        Assert.Equal(
            "부동산_거래.2025@국토교통부", (await fixture.Api.GetAsync($"{TestApi.Explore}/datasets/{Sales}")).GetProperty("dataset_id").GetString());
    }

    [Fact]
    public async Task Harvesters_choose_datasets_by_the_same_language_and_pages_of_them_add_up()
    {
        var one = await fixture.Api.GetAsync($"{Exports}/data.json?limit=1&order_by=dataset_id");
        var rest = await fixture.Api.GetAsync($"{Exports}/data.json?offset=1&order_by=dataset_id");
        var themed = await fixture.Api.GetAsync($"{Exports}/data.json?refine=theme:ECON");

        Assert.Equal(
            ["bare@agency", "fires@nfa", Sales],
            one
                .GetProperty("dataset")
                .EnumerateArray()
                .Concat(rest.GetProperty("dataset").EnumerateArray())
                .Select(dataset => dataset.GetProperty("identifier").GetString()!.Split('/')[^1]));
        Assert.Equal(1, themed.GetProperty("dataset").GetArrayLength());
        Assert.Contains(
            "means nothing in ttl",
            (await fixture.Api.GetAsync($"{Exports}/ttl?select=title", HttpStatusCode.BadRequest)).GetProperty("message").GetString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.org/한국 남부", "https://example.org/%ED%95%9C%EA%B5%AD%20%EB%82%A8%EB%B6%80")]
    [InlineData("http://공공.한국:81/a?b=\"<c>\"", "http://xn--ob0ba.xn--3e0b707e:81/a?b=%22%3Cc%3E%22")]
    [InlineData("HTTP://Example.org", "http://example.org/")]
    [InlineData("http://공공..한국/", null)]
    [InlineData("http://[bad", null)]
    [InlineData("http://", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("서울", null)]
    public void Addresses_are_URIs_or_none(string text, string? uri) => Assert.Equal(uri, Vocabulary.Address(text));

    [Theory]
    [InlineData("ttl", "text/turtle")]
    [InlineData("rdf", "application/rdf+xml")]
    [InlineData("dcat", "application/rdf+xml")]
    [InlineData("jsonld", "application/ld+json")]
    [InlineData("data.json", "application/json")]
    [InlineData("rss", "application/rss+xml")]
    public async Task Who_has_the_catalogue_already_is_told_so(string format, string mediaType)
    {
        using var first = await fixture.Api.Http.GetAsync($"{Exports}/{format}");
        using var again = new HttpRequestMessage(HttpMethod.Get, $"{Exports}/{format}");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var known = await fixture.Api.Http.SendAsync(again);
        using var head = await fixture.Api.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"{Exports}/{format}"));

        Assert.Equal(mediaType, first.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        Assert.Equal(first.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Words_that_only_harvesters_are_told_make_the_catalogue_another_one()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var api = await TestFires.StartAsync(time: time);
        using var before = await api.Http.GetAsync($"{Exports}/ttl");
        await new DatasetCatalog(api.Storage).DescribeAsync(
            DatasetId.Parse("fires@nfa"), new DatasetMetadata { Rights = "Name the source." }, DateTimeOffset.UtcNow);
        time.Advance(TimeSpan.FromSeconds(1)); // an answer of the catalogue is reused for a second
        using var after = await api.Http.GetAsync($"{Exports}/ttl");

        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
        Assert.Contains("Name the source.", await after.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> DescribedAsync(string dataset)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{TestApi.Explore}/datasets/{dataset}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/ld+json"));
        using var response = await fixture.Api.Http.SendAsync(request);
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
    }

    private static string IriOf(XElement property) =>
        (string)(property.Attribute(Rdf + "resource") ?? property.Elements().Single().Attribute(Rdf + "about"))!;

    private async Task<string> TextAsync(string format)
    {
        using var response = await fixture.Api.Http.GetAsync($"{Exports}/{format}");
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }
}

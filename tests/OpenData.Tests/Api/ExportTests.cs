using System.IO.Compression;
using System.Net;
using System.Text;
using System.Xml.Linq;
using DuckDB.NET.Data;

namespace OpenData.Tests.Api;

/// <summary>Exports: each format, its options, and what is told of a statement that cannot be run.</summary>
public class ExportTests(FiresFixture fires) : IClassFixture<FiresFixture>
{
    [Fact]
    public async Task Formats_are_listed_and_each_of_them_works()
    {
        var api = fires.Api;

        foreach (var link in (await api.GetAsync($"{TestFires.Path}/exports"))
            .GetProperty("links")
            .EnumerateArray()
            .Concat((await api.GetAsync($"{TestApi.Explore}/exports")).GetProperty("links").EnumerateArray()))
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

        Assert.Equal(
            "\"시도\"|\"n\"|\"place\"\r\n\"서울특별시\"|3|\"37.5, 127.0\"\r\n",
            await Text($"csv?{Select}&delimiter=|&quote_all=true&with_bom=false"));
        Assert.Equal("시도,n,Place\r\n서울특별시,3,\"37.5, 127.0\"\r\n", await Text($"csv?{Select}&delimiter=,&use_labels=true&with_bom=false"));
        Assert.Equal("{\"시도\":\"서울특별시\",\"n\":3,\"place\":{\"lon\":127.0,\"lat\":37.5}}\n", await Text($"jsonl?{Select}"));
        Assert.Equal(
            """{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[127.0,"""
                + """37.5]},"properties":{"시도":"서울특별시","n":3}}]}""",
            await Text($"geojson?{Select}"));
        using var gzip = new GZipStream(
            await api.Http.GetStreamAsync($"{TestFires.Path}/exports/json?{Select}&compressed=true"), CompressionMode.Decompress);
        Assert.StartsWith("[{\"시도\"", await new StreamReader(gzip).ReadToEndAsync(), StringComparison.Ordinal);
        await api.GetAsync($"{TestFires.Path}/exports/csv?delimiter=x", HttpStatusCode.BadRequest);
        await api.GetAsync($"{TestFires.Path}/exports/geojson?select=시도", HttpStatusCode.BadRequest);
        await api.GetAsync($"{TestFires.Path}/exports/parquet?where=nothing > 1", HttpStatusCode.BadRequest);

        async Task<string> Text(string export) =>
            Encoding.UTF8.GetString(await api.Http.GetByteArrayAsync($"{TestFires.Path}/exports/{export}"));
    }

    [Theory]
    [InlineData("snappy")]
    [InlineData("zstd")]
    public async Task A_parquet_export_reads_back_as_the_records_it_was_made_of(string codec)
    {
        var api = fires.Api;
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(
            file,
            await api.Http.GetByteArrayAsync(
                $"{TestFires.Path}/exports/parquet?select=시도 as sido,damage * 1 as double,damage,place&where=casualties >= "
                + $"0&parquet_compression={codec}"));

        using var duckDb = new DuckDBConnection("Data Source=:memory:");
        duckDb.Open();
        using var command = duckDb.CreateCommand();
        command.CommandText = "SELECT string_agg(sido || damage || \"double\" || ST_AsText(place), ';') || (SELECT "
            + $"any_value(compression) FROM parquet_metadata('{file}')) FROM read_parquet('{file}')";

        Assert.Equal(
            $"서울특별시1200.501200.5POINT (127 37.5);부산광역시0.050.05POINT (129 35.1){codec.ToUpperInvariant()}", command.ExecuteScalar());
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
        using var zip = new ZipArchive(
            new MemoryStream(
                await api.Http.GetByteArrayAsync($"{TestFires.Path}/exports/xlsx?select='=1%2B1' as f,시도,casualties,damage,day,arson")));

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
}

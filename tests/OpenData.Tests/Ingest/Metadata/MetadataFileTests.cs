using System.Text;
using OpenData.Catalog;
using OpenData.Ingest.Metadata;
using OpenData.Lake;

namespace OpenData.Tests.Ingest.Metadata;

[Trait("Category", "Unit")]
public sealed class MetadataFileTests
{
    [Fact]
    public void Everything_that_can_be_said_is_read()
    {
        var (metadata, problems) = Read("""
            {
              "title": "실거래가", "theme": "부동산", "keyword": ["아파트", "매매"], "update_frequency": "monthly", // comments do no harm
              "ingest": {
                "encoding": "CP949", "delimiter": "\t", "header_row": 2, "null_tokens": ["-", ""], "key": ["번호"], "update_mode": "append",
                "fields": [{ "column": "거래일", "name": "거래일자", "type": "date", "format": "yyyyMMdd", "description": "계약한 날",
                             "null_tokens": ["미상"] }],
              },
            }
            """);

        Assert.Empty(problems);
        Assert.Equal(["부동산"], metadata!.Theme);
        var ingest = metadata.Ingest!;
        Assert.Equal(("cp949", "\t", 2, UpdateMode.Append), (ingest.Encoding, ingest.Delimiter, ingest.HeaderRow, ingest.UpdateMode));
        Assert.Equal(["-", ""], ingest.NullTokens);
        Assert.Equal(["번호"], ingest.Key);
        var field = Assert.Single(ingest.Fields);
        Assert.Equal(
            ("거래일", "거래일자", FieldType.Date, "yyyyMMdd", "계약한 날"), (field.Column, field.Name, field.Type, field.Format, field.Description));
    }

    [Theory]
    [InlineData("""{"title":5}""", "title", "'title' must be a text.")]
    [InlineData("""{"ingest":{"header_row":0}}""", "ingest.header_row", "'ingest.header_row' must be a whole number from 1.")]
    [InlineData("""{"ingest":{"update_mode":"merge"}}""", "ingest.update_mode", "'ingest.update_mode' must be one of replace, append.")]
    [InlineData("""{"ingest":{"update_mode":"1"}}""", "ingest.update_mode", "'ingest.update_mode' must be one of replace, append.")]
    [InlineData(
        """{"ingest":{"delimiter":""}}""",
        "ingest.delimiter",
        "'ingest.delimiter' must be a text of 1 to 4 characters without quotes and line ends.")]
    [InlineData(
        """{"ingest":{"fields":[{"name":"x"}]}}""",
        "ingest.fields[0]",
        "'ingest.fields[0]' must say which column it declares: 'column' is its header in the file.")]
    [InlineData(
        """{"ingest":{"fields":[{"column":"x","type":"int","format":"yyyy"}]}}""",
        "ingest.fields[0].format",
        "'ingest.fields[0].format' goes only with a 'type' of date, datetime or datetimetz.")]
    [InlineData(
        """{"ingest":{"fields":[{"column":"x"},{"column":"x"}]}}""",
        "ingest.fields",
        "'ingest.fields' declares the column 'x' more than once.")]
    [InlineData("[]", null, "'dataset.json' must be an object of properties.")]
    public void What_cannot_be_meant_is_refused_with_its_place(string json, string? place, string message)
    {
        var (metadata, problems) = Read(json);

        Assert.Null(metadata);
        var problem = Assert.Single(problems);
        Assert.Equal((place, message), (problem.Column, problem.Message));
    }

    [Fact]
    public void Broken_json_is_refused_with_its_line() =>
        Assert.Equal(3, Assert.Single(Read("{\n\"title\": \"x\",\n\"theme\" [\n}").Problems).Line);

    [Fact]
    public void Unknown_properties_only_warn()
    {
        var (metadata, problems) = Read("""{"$schema":"x","title":"제목","ingest":{"header":1}}""");

        Assert.Equal("제목", metadata!.Title);
        Assert.Equal(
            ("ingest.header", Severity.Warning), Assert.Single(problems) is var problem ? (problem.Column, problem.Severity) : default);
    }

    [Theory]
    [InlineData(949)]
    [InlineData(65001)]
    public void Hangul_is_read_in_either_encoding(int codePage)
    {
        var encoding = codePage == 65001 ? new UTF8Encoding(true) : CodePagesEncodingProvider.Instance.GetEncoding(codePage)!;

        Assert.Equal("한글", MetadataFile.Read([.. encoding.GetPreamble(), .. encoding.GetBytes("""{"title":"한글"}""")]).Metadata!.Title);
    }

    [Fact]
    public void Metadata_that_the_catalogue_cannot_keep_is_refused() =>
        Assert.Contains(
            "30,000",
            Assert.Single(Read($$"""{"description":"{{new string('가', 30_001)}}"}""").Problems).Message,
            StringComparison.Ordinal);

    private static (DatasetMetadata? Metadata, IReadOnlyList<Problem> Problems) Read(string json) =>
        MetadataFile.Read(Encoding.UTF8.GetBytes(json));
}

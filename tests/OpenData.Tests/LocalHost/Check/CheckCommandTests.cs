using System.CommandLine;
using System.Text.Json;
using OpenData.LocalHost.Check;

namespace OpenData.Tests.LocalHost.Check;

public sealed class CheckCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opendata-test-");

    [Fact]
    public async Task A_file_that_would_be_published_is_described_in_one_document()
    {
        var (code, output) = await RunAsync(File("a.csv", "이름,금액\n가,\"1,234\"\n나,5\n"), "--json");

        Assert.Equal(0, code);
        var report = JsonDocument.Parse(output).RootElement;
        Assert.True(report.GetProperty("published").GetBoolean());
        Assert.Equal(
            ("csv", "utf-8", 1, 2),
            (report.GetProperty("format").GetString(), report.GetProperty("encoding").GetString(), report
                .GetProperty("header_row")
                .GetInt32(), report.GetProperty("rows").GetInt32()));
        Assert.Equal(",", report.GetProperty("dialect").GetProperty("delimiter").GetString());
        Assert.Equal(["text", "int"], report.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task What_was_understood_is_shown_and_can_be_written_as_a_declaration_that_says_the_same()
    {
        var input = File("a.csv", "제목\n구분;일자\n가;2024.01.05\n나;2024.01.06\n");
        var declaration = Path.Combine(_folder.FullName, "dataset.json");
        var (_, before) = await RunAsync(input, "--json", "--write-declaration", declaration);
        var (_, after) = await RunAsync(input, "--json");

        var (judged, declared) = (JsonDocument.Parse(before).RootElement, JsonDocument.Parse(after).RootElement);
        Assert.Equal("가", judged.GetProperty("first_rows")[0][0].GetString());
        Assert.Equal("2024-01-05", judged.GetProperty("first_rows")[0][1].GetString());
        Assert.Equal(declaration, declared.GetProperty("declared_in").GetString());
        foreach (var same in new[] { "fields", "rows", "header_row", "encoding", "first_rows" })
        {
            Assert.Equal(judged.GetProperty(same).GetRawText(), declared.GetProperty(same).GetRawText());
        }

        Assert.NotEqual(0, (await RunAsync(input, "--write-declaration", declaration)).Code); // it is not replaced
    }

    [Fact]
    public async Task A_file_that_would_be_rejected_says_why_for_people_too()
    {
        var (code, output) = await RunAsync(File("a.json", "[{\"a\":1},{"));

        Assert.Equal(1, code);
        Assert.Contains("would be rejected", output, StringComparison.Ordinal);
        Assert.Contains("json-invalid", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_is_what_would_be_published_with_the_labels_as_its_header()
    {
        var input = File("a.csv", "번호,금액(원),금액(원),일시\n007,\"1,234\",\"a \"\"b\"\"\",2024-01-05 10:30\n008,,,2024-01-05 10:31\n");

        Assert.Equal(
            "번호,금액(원),금액(원),일시\n007,1234,\"a \"\"b\"\"\",2024-01-05T10:30:00\n008,,,2024-01-05T10:31:00\n",
            await OutputAsync("o.csv", input));
        Assert.Equal(
            "번호,금액(원),금액(원),일시\n007,\"1,234\",\"a \"\"b\"\"\",2024-01-05 10:30\n008,,,2024-01-05 10:31\n",
            await OutputAsync("t.csv", input, "--text"));
        var lines = (await OutputAsync("o.ndjson", input)).Split('\n');
        Assert.Equal(1234, JsonDocument.Parse(lines[0]).RootElement.EnumerateObject().ElementAt(1).Value.GetInt32());
        Assert.StartsWith("PAR1", await OutputAsync("o.parquet", input), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\n", 1, "a,b\n")]
    [InlineData("", 1, "")]
    [InlineData("1,x\n2,y\n", 0, "1,x\n2,y\n")]
    [InlineData("[{\"a\":1},{", 1, null)]
    public async Task Output_has_no_more_than_the_file_and_none_is_left_of_an_earlier_check(string content, int code, string? output)
    {
        var path = File("o.csv", "of an earlier check");

        Assert.Equal(code, (await RunAsync(File("a", content), "--out", path, "--text")).Code);
        Assert.Equal(output, System.IO.File.Exists(path) ? await System.IO.File.ReadAllTextAsync(path) : null);
    }

    [Fact]
    public async Task A_table_without_rows_has_its_fields_in_every_format()
    {
        var input = File("a.csv", "번호,\"금액, 원\"\n");
        foreach (var (name, begins) in new[] { ("o.csv", "번호,\"금액, 원\"\n"), ("o.parquet", "PAR1"), ("o.ndjson", "") })
        {
            var path = Path.Combine(_folder.FullName, name);
            Assert.Equal(1, (await RunAsync(input, "--out", path)).Code);
            Assert.StartsWith(begins, await System.IO.File.ReadAllTextAsync(path), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Several_files_go_to_a_folder_under_their_own_names()
    {
        var folder = Path.Combine(_folder.FullName, "out");
        var (code, output) = await RunAsync(
            File("a.csv", "x,y\n1,2\n"), File("b.json", "[{\"x\":1}]"), "--out", folder, "--format", "csv", "--json");

        Assert.Equal(0, code);
        Assert.Equal(["a.csv.csv", "b.json.csv"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        Assert.Equal(2, JsonDocument.Parse(output).RootElement.GetArrayLength());
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_takes_no_other_files_result_away()
    {
        var taken = File("taken.csv", "x,y\n1,2\n");
        using var elsewhere = new FileStream(taken, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var (code, output) = await RunAsync(File("a.csv", "x,y\n1,2\n"), taken, File("b.json", "[{\"x\":1}]"), "--json");

        Assert.Equal(2, code);
        Assert.Contains("taken.csv", output, StringComparison.Ordinal);
        Assert.Equal(2, JsonDocument.Parse(output[output.IndexOf("[\n", StringComparison.Ordinal)..]).RootElement.GetArrayLength());
    }

    [Fact]
    public async Task A_dataset_json_beside_the_file_is_followed_and_can_be_checked_itself()
    {
        var metadata = File("dataset.json", """{"ingest":{"header_row":0}}""");

        Assert.Equal(1, (await RunAsync(metadata)).Code);
        var (code, output) = await RunAsync(File("a.csv", "x,y\n1,2\n"));
        Assert.Equal(0, code);
        Assert.Contains("ingest.header_row", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-file.csv")]
    [InlineData("")]
    [InlineData("a.csv --format xml")]
    [InlineData("a.csv --out result")]
    public async Task A_command_line_that_cannot_be_meant_is_a_usage_error(string arguments)
    {
        File("a.csv", "x,y\n1,2\n");
        var words = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(
            word => word is "a.csv" or "result" ? Path.Combine(_folder.FullName, word) : word);

        Assert.Equal(2, (await RunAsync([.. words])).Code);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<string> OutputAsync(string name, params string[] arguments)
    {
        var path = Path.Combine(_folder.FullName, name);
        Assert.Equal(0, (await RunAsync([.. arguments, "--out", path])).Code);
        return await System.IO.File.ReadAllTextAsync(path);
    }

    private string File(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var parsed = new RootCommand { CheckCommand.Create() }.Parse(["check", .. arguments]);
        var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = output });
        return (parsed.Errors.Count > 0 ? CheckCommand.Usage : code, output.ToString());
    }
}

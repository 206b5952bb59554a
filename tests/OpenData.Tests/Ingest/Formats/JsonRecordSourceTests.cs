using System.Text;
using OpenData.Ingest.Json;
using OpenData.Ingest.Records;

namespace OpenData.Tests.Ingest.Formats;

[Trait("Category", "Unit")]
public sealed class JsonRecordSourceTests
{
    [Fact]
    public void An_array_of_objects_is_a_table_of_all_their_properties()
    {
        var source = Open("""[{"a":1,"b":"x"},{"b":null,"c":true,"a":-1.50}, {}]""");

        Assert.Equal(["a", "b", "c"], source.Labels);
        Assert.Equal("json", source.Format);
        Assert.Equal(["1|x|∅", "-1.50|∅|true", "∅|∅|∅"], Records.Read(source).Rows);
    }

    [Fact]
    public void Nested_values_become_json_text_and_strings_are_unescaped()
    {
        var source = Open("""[{"주소": {"시도" : "서울", "x": [1, 2] }, "비고":"줄\n바꿈 \"따옴표\" \ud55c"}]""");

        Assert.Equal(["""{"시도":"서울","x":[1,2]}|줄""" + "\n" + """바꿈 "따옴표" 한"""], Records.Read(source).Rows);
        using var reader = source.Open(new ProblemLog());
        Assert.True(reader.Read());
        Assert.True(reader.IsJson(0));
        Assert.False(reader.IsJson(1));
    }

    [Theory]
    [InlineData("""{"a":1}""" + "\n" + """{"a":2}""" + "\n", "ndjson")]
    [InlineData("""{"a":1} {"a":2}""", "json")]
    [InlineData("""{"data":[{"a":1},{"a":2}],"total":2}""", "json")]
    [InlineData("""{"response":{"head":{"n":[]},"body":{"items":[{"a":1},{"a":2}]},"code":"00"}}""", "json")]
    [InlineData("\uFEFF[{\"a\":1},\r\n{\"a\":2}]\r\n", "json")]
    public void Records_are_found_wherever_they_are(string text, string format)
    {
        var source = Open(text);

        Assert.Equal(format, source.Format);
        Assert.Equal(["a"], source.Labels);
        Assert.Equal(["1", "2"], Records.Read(source).Rows);
    }

    [Fact]
    public void Arrays_of_arrays_have_their_header_among_the_records()
    {
        var source = Open("""{"data":[["이름","수"],["가",1],["나",null]]}""");

        Assert.Null(source.Labels);
        Assert.Equal(["이름|수", "가|1", "나|∅"], Records.Read(source).Rows);
    }

    [Fact]
    public void Several_tables_are_named()
    {
        var refused = Assert.Throws<UnreadableSourceException>(() => Open("""{"fields":[{"id":1}],"rows":{"r":[{"a":1}]}}"""));

        Assert.Equal("several-tables", refused.Problem.Code);
        Assert.Contains("fields, rows.r", refused.Problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{\"a\":1},\n{\"a\":2},\n{\"a\"", 3)]
    [InlineData("[{\"a\":1},\n{\"a\" 2}]", 2)]
    [InlineData("{\"data\":[{\"a\":1}]\n,\"b\":", 2)]
    [InlineData("[{\"a\":1}]\n]", 2)]
    public void What_is_not_json_is_placed(string text, long line)
    {
        var refused = Assert.Throws<UnreadableSourceException>(() => Open(text));

        Assert.Equal("json-invalid", refused.Problem.Code);
        Assert.Equal(line, refused.Problem.Line);
    }

    [Fact]
    public void A_bad_line_of_ndjson_is_reported_and_the_others_are_read()
    {
        var (rows, problems) = Records.Read(Open("{\"a\":1}\n{\"a\":oops}\n\n{\"a\":3}\n{\"a\":4"));

        Assert.Equal(["1", "3"], rows);
        Assert.Equal([2L, 5L], problems.Kept.Select(problem => problem.Line!.Value));
        Assert.Equal("{\"a\":oops}", problems.Kept[0].RawValue);
    }

    [Fact]
    public void Nothing_is_lost_of_records_that_repeat_a_property_or_are_no_objects()
    {
        var (rows, problems) = Records.Read(Open("""[{"a":1,"a":2},5]"""));

        Assert.Equal(["1|∅", "∅|5"], rows);
        Assert.Equal(["json-duplicate-property", "json-not-an-object"], problems.Kept.Select(problem => problem.Code));
        Assert.Equal("2", problems.Kept[0].RawValue);
    }

    [Fact]
    public void Records_across_the_ends_of_buffers_are_whole()
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < 20_000; i++)
        {
            text.Append(i == 0 ? "" : ",\n").Append("{\"n\":").Append(i).Append(",\"글\":\"").Append('가', i % 50).Append("\"}");
        }

        var (rows, _) = Records.Read(Open(text.Append(']').ToString()));

        Assert.Equal(20_000, rows.Count);
        Assert.All(rows.Select((row, i) => (row, i)), pair => Assert.Equal($"{pair.i}|{new string('가', pair.i % 50)}", pair.row));
    }

    [Theory]
    [InlineData("utf-16", "utf-16le")]
    [InlineData("utf-16BE", "utf-16be")]
    [InlineData("ks_c_5601-1987", "cp949")]
    public void Any_encoding_is_read_even_if_only_the_end_of_the_file_shows_it(string written, string named)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(written) ?? Encoding.GetEncoding(written);
        var text = "[" + string.Concat(Enumerable.Range(0, 40_000).Select(i => $"{{\"a\":{i}}},\n")) + "{\"a\":\"똠방각하 가나다라\"}]";
        var source = JsonRecordSource.Of(new MemoryContent([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]));

        Assert.Equal(named, source.Encoding);
        Assert.Equal("똠방각하 가나다라", Records.Read(source).Rows[^1]);
    }

    private static RecordSource Open(string text) => JsonRecordSource.Of(MemoryContent.Of(text));
}

using System.Text;

namespace OpenData.Tests.Ingest.Csv;

/// <summary>Files as people make them, with the table that they mean.</summary>
public sealed class PollutedCsvTests
{
    private const string Header = "번호,지역,금액,비고\n";

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    [InlineData("^")]
    [InlineData("~")]
    [InlineData(", ")]
    public async Task Any_usual_delimiter_is_found(string delimiter)
    {
        var rows = Enumerable.Range(1, 5).Select(i => string.Join(delimiter, i, $"\"구{delimiter}{i}\"", i * 100, "x"));
        await AssertRows($"{string.Join(delimiter, "번호", "지역", "금액", "비고")}\n{string.Join('\n', rows)}\n",
            [.. Enumerable.Range(1, 5).Select(i => $"{i}|구{delimiter}{i}|{i * 100}|x")]);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Any_line_break_ends_a_record(string newline) =>
        await AssertRows($"{Header}1,강남,10,a\n2,서초,20,b\n3,\"송\n파\",30,c".Replace("\n", newline), ["1|강남|10|a", "2|서초|20|b", $"3|송{newline}파|30|c"]);

    [Fact]
    public async Task Apostrophes_may_quote() =>
        await AssertRows("a,b,c\n1,'x, y',2\n3,'z, w',4\n5,'it''s, ok',6\n", ["1|x, y|2", "3|z, w|4", "5|it's, ok|6"]);

    [Fact]
    public async Task Backslashes_may_escape() =>
        await AssertRows("a,b,c\n1,\"4\\\" pipe, long\",2\n3,\"5\\\" pipe, short\",4\n5,\"x, y\",6\n", ["1|4\" pipe, long|2", "3|5\" pipe, short|4", "5|x, y|6"]);

    [Theory]
    [InlineData("1,\"강남,10,\"a, b\"", "1|\"강남|10|a, b")]
    [InlineData("1,강남,10,\"\"a, b\"", "1|강남|10|\"a, b")]
    [InlineData("1,강남,10,\"a, b\"\"", "1|강남|10|a, b\"")]
    [InlineData("1,강남,10,\"", "1|강남|10|\"")]
    [InlineData("\"1,강남,10,\"a\"", "\"1|강남|10|a")]
    [InlineData("1,강남,10,\"a 3\" b\"", "1|강남|10|a 3\" b")]
    public async Task A_stray_quote_spoils_no_cell_but_its_own(string row, string expected) =>
        await AssertRows($"{Header}0,서초,5,\"x, y\"\n{row}\n2,송파,20,\"c, d\"\n3,마포,30,\"e\"\n", ["0|서초|5|x, y", expected, "2|송파|20|c, d", "3|마포|30|e"]);

    [Theory]
    [InlineData("1,,강남,10,a", "1|강남|10|a")]
    [InlineData(",1,강남,10,a", "1|강남|10|a")]
    [InlineData("1,강남,10,a,", "1|강남|10|a")]
    [InlineData("1,강남,10", "1|강남|10|∅")]
    [InlineData("1,강남, 서초,10,a", "1|강남, 서초|10|a")]
    [InlineData("1;강남;10;a", "1|강남|10|a")]
    public async Task A_row_of_another_length_is_put_right_and_reported(string row, string expected)
    {
        using var converted = await Converted.OfAsync($"{Header}{row}\n2,송파,20,b\n3,마포,30,c\n4,중구,40,d\n", allText: true);
        Assert.Equal([expected, "2|송파|20|b", "3|마포|30|c", "4|중구|40|d"], converted.Rows);
        Assert.Equal(2, converted.Result.Problems.Single().Line);
    }

    [Fact]
    public async Task Titles_blank_rows_and_notes_are_not_data()
    {
        using var converted = await Converted.OfAsync($"아파트 실거래가 (2024년),,,\n기준일: 2024-01-01\n\n{Header}1,강남,10,a\n,,,\n2,서초,20,b\n※ 출처: 부동산원\n");
        Assert.Equal("번호|지역|금액|비고", converted.Labels);
        Assert.Equal(["1|강남|10|a", "2|서초|20|b"], converted.Rows);
        Assert.Equal("table-note rows-blank table-preamble", converted.Codes);
        Assert.Equal(4, converted.Result.HeaderRow);
    }

    [Fact]
    public async Task A_header_of_several_rows_is_joined()
    {
        using var converted = await Converted.OfAsync("구분,인구,,가구\n지역,남,여,수\n강남,10,11,5\n서초,20,21,6\n송파,30,31,7\n");
        Assert.Equal("구분 지역|인구 남|인구 여|가구 수", converted.Labels);
        Assert.Equal(3, converted.Result.Rows);
    }

    [Fact]
    public async Task A_header_with_a_delimiter_too_many_loses_only_that()
    {
        using var converted = await Converted.OfAsync("번호,지역,,금액\n1,강남,10\n2,서초,20\n3,송파,30\n");
        Assert.Equal("번호|지역|금액", converted.Labels);
    }

    [Fact]
    public async Task Without_a_header_the_first_row_is_data()
    {
        using var converted = await Converted.OfAsync("1,강남,10\n2,서초,20\n3,송파,30\n");
        Assert.Equal("column_1|column_2|column_3", converted.Labels);
        Assert.Equal(3, converted.Result.Rows);
        Assert.Equal("header-none", converted.Codes);
    }

    [Fact]
    public async Task A_repeated_header_is_left_out_and_a_second_table_is_reported()
    {
        using var converted = await Converted.OfAsync($"a,b,c\n{string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},2,x\n"))}a,b,c\n3,4,y\na,b,c,d\n5,6,z,7\n8,9,z,7\n");
        Assert.Equal([.. Enumerable.Range(0, 20).Select(i => $"{i}|2|x"), "3|4|y"], converted.Rows);
        Assert.Equal("table-second header-repeated", converted.Codes);
        Assert.Equal(24, converted.Result.Problems[0].Line);
    }

    [Fact]
    public async Task Names_are_unique_and_labels_as_written()
    {
        using var converted = await Converted.OfAsync("거래금액(만원),,A b,a-B,2024\nx,y,z,w,v\nu,y,z,w,v\n", allText: true);
        Assert.Equal("거래금액(만원)||A b|a-B|2024", converted.Labels);
        Assert.Equal(["거래금액_만원", "column_2", "a_b", "a_b_2", "n_2024"], converted.Result.Fields.Select(field => field.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\n")]
    [InlineData("a,b,c\n")]
    public async Task What_holds_no_row_is_rejected_with_a_reason(string text)
    {
        using var converted = await Converted.OfAsync(text);
        Assert.False(converted.Result.Published);
        Assert.NotEmpty(converted.Result.Problems);
    }

    [Fact]
    public async Task One_column_and_one_row_are_tables_too()
    {
        using var column = await Converted.OfAsync("이름\n가\n나\n다\n");
        Assert.Equal(["가", "나", "다"], column.Rows);
        using var row = await Converted.OfAsync("a,b\n1,x");
        Assert.Equal(["1|x"], row.Rows);
    }

    /// <summary>Whatever is done to a file's bytes: no fault, and as many rows published or reported as there are.</summary>
    [Fact]
    public async Task No_broken_file_is_a_fault()
    {
        var random = new Random(7);
        var whole = Encoding.UTF8.GetBytes(Header + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},\"구 {i}, \"\"동\"\"\",{i * 10},비고 {i}\n")));
        for (var round = 0; round < 150; round++)
        {
            var bytes = whole[..random.Next(1, whole.Length)].ToArray();
            for (var change = random.Next(8); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(3) == 0 ? random.Next(256) : "\",\n\r;\\\0'"[random.Next(8)]);

            using var converted = await Converted.OfAsync(bytes);
            Assert.True(converted.Result.Published || converted.Result.Problems.Count > 0);
            Assert.Equal(converted.Result.Rows, converted.Rows.Count);
        }
    }

    private static async Task AssertRows(string text, string[] expected)
    {
        using var converted = await Converted.OfAsync(text, allText: true);
        Assert.Equal(expected, converted.Rows);
    }
}

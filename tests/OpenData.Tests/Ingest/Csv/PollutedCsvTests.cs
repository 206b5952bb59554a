
namespace OpenData.Tests.Ingest.Csv;

/// <summary>Files as people make them, with the table that they mean.</summary>
[Trait("Category", "Unit")]
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
        await AssertRows(
            $"{Header}1,강남,10,a\n2,서초,20,b\n3,\"송\n파\",30,c".Replace("\n", newline), ["1|강남|10|a", "2|서초|20|b", $"3|송{newline}파|30|c"]);

    [Fact]
    public async Task Apostrophes_may_quote() =>
        await AssertRows("a,b,c\n1,'x, y',2\n3,'z, w',4\n5,'it''s, ok',6\n", ["1|x, y|2", "3|z, w|4", "5|it's, ok|6"]);

    [Fact]
    public async Task Backslashes_may_escape() =>
        await AssertRows(
            "a,b,c\n1,\"4\\\" pipe, long\",2\n3,\"5\\\" pipe, short\",4\n5,\"x, y\",6\n",
            ["1|4\" pipe, long|2", "3|5\" pipe, short|4", "5|x, y|6"]);

    [Theory]
    [InlineData("1,\"강남,10,\"a, b\"", "1|\"강남|10|a, b")]
    [InlineData("1,강남,10,\"\"a, b\"", "1|강남|10|\"a, b")]
    [InlineData("1,강남,10,\"a, b\"\"", "1|강남|10|a, b\"")]
    [InlineData("1,강남,10,\"", "1|강남|10|\"")]
    [InlineData("\"1,강남,10,\"a\"", "\"1|강남|10|a")]
    [InlineData("1,강남,10,\"a 3\" b\"", "1|강남|10|a 3\" b")]
    public async Task A_stray_quote_spoils_no_cell_but_its_own(string row, string expected) =>
        await AssertRows(
            $"{Header}0,서초,5,\"x, y\"\n{row}\n2,송파,20,\"c, d\"\n3,마포,30,\"e\"\n", ["0|서초|5|x, y", expected, "2|송파|20|c, d", "3|마포|30|e"]);

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

    [Theory]
    [InlineData("A-001,12:3042,강남", "A-001|12:30|42|강남")]
    [InlineData("A-00112:30,42,강남", "A-001|12:30|42|강남")]
    [InlineData("A-001,42,강남", "A-001|∅|42|강남")]
    [InlineData("A-001,12:30,42", "A-001|12:30|42|∅")]
    [InlineData("A-001, 12:30, 42, 강남", "A-001|12:30|42|강남")]
    [InlineData("A-001, 12:30, 42, \"강남, 역삼\"", "A-001|12:30|42|강남, 역삼")]
    public async Task Cells_stay_in_the_columns_that_they_fit(string row, string expected)
    {
        using var converted = await Converted.OfAsync(
            $"코드,시각,수,곳\n{row}\nA-002,13:00,43,서초\nA-003,14:00,7,송파\nB-004,15:00,12,마포\n", allText: true);
        Assert.Equal([expected, "A-002|13:00|43|서초", "A-003|14:00|7|송파", "B-004|15:00|12|마포"], converted.Rows);
        Assert.Equal(2, converted.Result.Problems.Single().Line);
    }

    [Theory]
    [InlineData("1,\"첫째 글, 길다\"\"둘째 글\",5", "1|첫째 글, 길다|둘째 글|5")]
    [InlineData("1,첫째\"둘째 글\",5", "1|첫째|둘째 글|5")]
    public async Task Quoted_cells_without_a_delimiter_between_them_are_two(string row, string expected) =>
        await AssertRows(
            $"번호,제목,글,수\n{row}\n2,\"가\",\"나, 다\",6\n3,\"라\",\"마, 바\",7\n4,\"사\",\"아\",8\n",
            [expected, "2|가|나, 다|6", "3|라|마, 바|7", "4|사|아|8"]);

    [Fact]
    public async Task Quoted_headings_without_a_delimiter_between_them_are_two()
    {
        using var converted = await Converted.OfAsync("번호,\"제목\"\"글\",수\n1,가,나,5\n2,다,라,6\n");
        Assert.Equal("번호|제목|글|수", converted.Labels);
    }

    [Theory]
    [InlineData("번호,\"지역,금액,비고\n1,강남,10,a\n2,서초,20,b\n3,송파,30,c d e\n")]
    [InlineData("번호,지역,금액,비고\n1,\"강남,10,a\n2,서초,20,\"\"\"b\"\"\"\n3,송파,30,c d e\n")]
    public async Task A_quote_that_nothing_closes_swallows_no_row(string text)
    {
        using var converted = await Converted.OfAsync(text, allText: true);
        Assert.Equal(3, converted.Result.Rows);
        Assert.Equal("3|송파|30|c d e", converted.Rows[^1]);
    }

    [Theory]
    [InlineData("직업\n사무직\n정보 기술\n현장 운영\n교육\n")]
    [InlineData("시각\n15:02:37.143\n")]
    [InlineData("값\n가\n나^다\n라\n마\n바\n")]
    [InlineData("설명\n쉼표가 (,) 있는 줄\n없는 줄\n또 없는 줄\n끝\n")]
    public async Task Lines_that_happen_to_hold_a_delimiter_are_one_column(string text)
    {
        using var converted = await Converted.OfAsync(text, allText: true);
        Assert.Equal([.. text.TrimEnd('\n').Split('\n').Skip(1)], converted.Rows);
    }

    [Theory]
    [InlineData("id,이름\nA1,합계; 추정; 가구\nA2,합계; 오차; 가구\nA3,합계; 추정; 명\n", "id|이름")]
    [InlineData("코드,나라\nAC,Ascension Island     \nAD,Andorra      \nAE,United Arab Emirates    \n", "코드|나라")]
    public async Task A_delimiter_in_running_text_is_none(string text, string labels)
    {
        using var converted = await Converted.OfAsync(text);
        Assert.Equal(labels, converted.Labels);
    }

    [Fact]
    public async Task Words_between_spaces_are_put_together_where_the_columns_say_so()
    {
        var text = """
            날짜 시각 상품 분류 설명 가격
            2024-01-05 10:30 A-1 등산화 "튼튼한 신발, 방수" 12000
            2024-01-06 11:30 B-2 여름 등산 모자 "가벼운 모자" 9000
            2024-01-07 12:30 C-3 겨울  장갑 "" 7000
            2024-01-08 13:30 D-4 우산, 양산 "비와 볕" 5000

            """;
        await AssertRows(text,
        [
            "2024-01-05|10:30|A-1|등산화|튼튼한 신발, 방수|12000",
            "2024-01-06|11:30|B-2|여름 등산 모자|가벼운 모자|9000",
            "2024-01-07|12:30|C-3|겨울  장갑|∅|7000",
            "2024-01-08|13:30|D-4|우산, 양산|비와 볕|5000",
        ]);
    }

    [Fact]
    public async Task A_row_with_another_delimiter_may_hold_the_files_own_in_quotes() =>
        await AssertRows(
            $"{Header}1,강남,10,\"a, b\"\n2,서초,20,\"c, d\"\n3 송파 30 \"e, f, g 넷\"\n4,중구,40,\"h\"\n",
            ["1|강남|10|a, b", "2|서초|20|c, d", "3|송파|30|e, f, g 넷", "4|중구|40|h"]);

    [Fact]
    public async Task Quotes_that_are_doubled_between_apostrophes_are_single_ones() =>
        await AssertRows(
            "a,b,c\n1,'5\"\" x, y',2\n3,'it''s \"\"ok\"\", no',4\n5,'z, w',6\n", ["1|5\" x, y|2", "3|it's \"ok\", no|4", "5|z, w|6"]);

    [Fact]
    public async Task Titles_blank_rows_and_notes_are_not_data()
    {
        using var converted = await Converted.OfAsync(
            $"아파트 실거래가 (2024년),,,\n기준일: 2024-01-01\n\n{Header}1,강남,10,a\n,,,\n2,서초,20,b\n※ 출처: 부동산원\n");
        Assert.Equal("번호|지역|금액|비고", converted.Labels);
        Assert.Equal(["1|강남|10|a", "2|서초|20|b"], converted.Rows);
        Assert.Equal("table-preamble rows-blank table-note", converted.Codes);
        Assert.Equal(4, converted.Result.HeaderRow);
    }

    [Theory]
    [InlineData("서울 전체 거래 현황\n\n번호,지역,금액,비고\n1,강남,10,a\n2,서초,20,b\n", 2)]
    [InlineData("번호,지역,금액,비고\n1,강남,10,a\n2,서초,20,b\n3,송파,30,c\n자료 출처 부동산원 2024\n", 3)]
    [InlineData("번호,지역,금액,비고\n1,강남,10,a\n2,서초,20,b\n3,송파,30,c\n\n2024 자료 1 부동산원\n", 3)]
    [InlineData("지역,금액\n강남,10\n서초,20\n\n출처 부동산원\n", 2)]
    public async Task A_sentence_of_as_many_words_as_there_are_columns_is_no_row(string text, int rows)
    {
        using var converted = await Converted.OfAsync(text, allText: true);
        Assert.Equal(rows, converted.Result.Rows);
        Assert.Contains("지역", converted.Labels, StringComparison.Ordinal);
        Assert.Contains(converted.Result.Problems, problem => problem.Code is "table-note" or "table-preamble");
    }

    [Fact]
    public async Task Digits_are_not_divided_from_digits()
    {
        using var converted = await Converted.OfAsync(
            "해,가,나,합\n1990,85156,234,3.04\n1991,328,42717,9.39\n1992,4529,967\n1993,844,45296,6.25\n1994,8441,4529,1.50\n", allText: true);
        Assert.Equal("1992|4529|967|∅", converted.Rows[2]);
    }

    [Fact]
    public async Task A_note_with_as_many_words_as_the_table_has_columns_is_a_note()
    {
        using var converted = await Converted.OfAsync("번호,지역,금액\n1,강남,10\n2,서초,20\n\n※ 출처: 부동산원\n* 단위: 억원\n");
        Assert.Equal(["1|강남|10", "2|서초|20"], converted.Rows);
        Assert.Equal("번호:Int 지역:Text 금액:Int", converted.Types);
        Assert.Equal("rows-blank table-note", converted.Codes);
    }

    [Fact]
    public async Task Codes_are_text_without_a_word()
    {
        using var converted = await Converted.OfAsync("일,번지,값\n01,370-20,1\n11,12,2\n12,13,3\n13,14,4\n14,15,5\n");
        Assert.Equal("일:Text 번지:Text 값:Int", converted.Types);
        Assert.Empty(converted.Result.Problems);
    }

    [Fact]
    public async Task What_keeps_a_column_from_being_numbers_and_what_adds_up_rows_is_told()
    {
        using var converted = await Converted.OfAsync(
            "연월,금액,증감,전화\n2024-01,10,집계중,02-123-4567\n2024-02,20,1.5,02-123-4568\n2024-03,30,△0.5,02-123-4569\n2024-04,40,2.5,"
            + "02-1-2\n2024-05,50,3.5,02-1-3\n2024-06,60,4.5,02-1-4\n합 계,210,,\n");
        Assert.Equal("column-text rows-total", converted.Codes);
        Assert.Equal(
            (2, "증감", "집계중"),
            (converted.Result.Problems[0].Line!.Value, converted.Result.Problems[0].Column, converted.Result.Problems[0].RawValue));
        Assert.Equal((8, "합 계"), (converted.Result.Problems[1].Line!.Value, converted.Result.Problems[1].RawValue));
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
    public async Task Nul_characters_are_kept_and_told_once()
    {
        using var converted = await Converted.OfAsync("a,b\nx\0y,1\nz,2\n\0\0,3\n");
        Assert.Equal(["x\0y|1", "z|2", "\0\0|3"], converted.Rows);
        var told = Assert.Single(converted.Result.Problems);
        Assert.Equal(("csv-nul", 2, 5, "byte offsets 5, 14, 15"), (told.Code, told.Line, told.ByteOffset, told.RawValue));
        Assert.Contains("3 NUL characters, first on the lines 2, 4", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_column_and_one_row_are_tables_too()
    {
        using var column = await Converted.OfAsync("이름\n가\n나\n다\n");
        Assert.Equal(["가", "나", "다"], column.Rows);
        using var row = await Converted.OfAsync("a,b\n1,x");
        Assert.Equal(["1|x"], row.Rows);
    }

    private static async Task AssertRows(string text, string[] expected)
    {
        using var converted = await Converted.OfAsync(text, allText: true);
        Assert.Equal(expected, converted.Rows);
    }
}

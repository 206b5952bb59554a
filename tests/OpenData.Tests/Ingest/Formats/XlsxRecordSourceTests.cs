using OpenData.Ingest.Records;
using OpenData.Ingest.Workbooks;

namespace OpenData.Tests.Ingest.Formats;

[Trait("Category", "Unit")]
public sealed class XlsxRecordSourceTests
{
    [Fact]
    public void Cells_stand_in_their_columns_and_texts_are_resolved()
    {
        var (rows, problems) = Read(new XlsxFile
        {
            Texts = ["<t>이름</t>", "<r><t>가</t></r><rPh sb='0' eb='1'><t>ga</t></rPh><r><t xml:space='preserve'> 나</t></r>"],
        }
            .Sheet("하나", """
                <row r='1'><c r='A1' t='s'><v>0</v></c><c r='C1' t='inlineStr'><is><t>a_x000A_b</t></is></c></row>
                <row r='2'><c r='A2' t='s'><v>1</v></c><c r='B2' t='b'><v>1</v></c><c r='D2' s='0'/></row>
                <row r='5'><c r='B5' t='str'><f>X()</f><v>끝</v></c></row>
                """));

        Assert.Equal(["이름|∅|a\nb", "가 나|true", "", "∅|끝"], rows);
        Assert.Empty(problems.Kept);
    }

    [Theory]
    [InlineData("yyyy\"년\" m\"월\" d\"일\"", "45296", "2024-01-05")]
    [InlineData("[$-412]yyyy-mm-dd;@", "45296.5", "2024-01-05T12:00:00")]
    [InlineData("yyyy-mm-dd h:mm", "45296", "2024-01-05T00:00:00")]
    [InlineData("h:mm:ss", "0.4375", "10:30:00")]
    [InlineData("[h]:mm", "1.5", "36:00:00")]
    [InlineData("mm/dd", "59", "1900-02-28")]
    [InlineData("mm/dd", "61", "1900-03-01")]
    [InlineData("00000", "123", "00123")]
    [InlineData("000\\-00\\-00000", "1234567890", "123-45-67890")]
    [InlineData("#,##0.00_);[Red]\\(#,##0.00\\)", "-1234.5", "-1234.5")]
    [InlineData("General", "1.1000000000000001", "1.1")]
    [InlineData("0.00E+00", "1E-3", "0.001")]
    [InlineData("General", "1.23E+15", "1230000000000000")]
    [InlineData("General", "123456789012345", "123456789012345")]
    [InlineData("0%", "0.25", "0.25")]
    public void Numbers_mean_what_their_format_shows(string format, string stored, string text)
    {
        var (rows, _) = Read(new XlsxFile { Styles = [format] }.Sheet("s", $"<row r='1'><c r='A1' s='1'><v>{stored}</v></c></row>"));

        Assert.Equal([text], rows);
    }

    [Fact]
    public void Days_may_be_counted_from_1904() =>
        Assert.Equal(
            ["2024-01-05"],
            Read(
                new XlsxFile { Styles = ["yyyy-mm-dd"], From1904 = true }.Sheet(
                    "s", "<row r='1'><c r='A1' s='1'><v>43834</v></c></row>")).Rows);

    [Fact]
    public void The_first_sheet_with_data_that_people_see_is_read_and_others_are_told_of()
    {
        const string Row = "<row r='1'><c r='A1'><v>1</v></c></row>";
        var (rows, problems) = Read(new XlsxFile()
            .Sheet("숨김", Row.Replace(">1<", ">9<", StringComparison.Ordinal), "hidden")
            .Sheet("표지", "<row r='1'><c r='A1' s='0'/></row>")
            .Sheet("자료", Row)
            .Sheet("더", Row));

        Assert.Equal(["1"], rows);
        var other = Assert.Single(problems.Kept);
        Assert.Equal(("sheet-ignored", "더"), (other.Code, other.RawValue));
    }

    [Fact]
    public void Errors_and_formulas_without_results_are_absent_and_reported()
    {
        var (rows, problems) = Read(
            new XlsxFile().Sheet("s", "<row r='7'><c r='A7' t='e'><v>#DIV/0!</v></c><c r='B7'><f>1+1</f></c><c r='C7'><v>3</v></c></row>"));

        Assert.Equal(["∅|∅|3"], rows);
        Assert.Equal(
            [("excel-error-value", 7L), ("excel-formula-without-result", 7L)],
            problems.Kept.Select(problem => (problem.Code, problem.Line!.Value)));
    }

    [Theory]
    [InlineData("<row r='1'><c r='A1'><v>1</v></c></row><row", "excel-broken")]
    [InlineData("<row r='1'><c r='XFE1'><v>1</v></c></row>", "excel-broken")]
    [InlineData("<row r='1'><c r='A1' s='0'/></row>", "no-data")]
    public void A_workbook_that_cannot_be_read_says_so(string rows, string code) =>
        Assert.Equal(code, Assert.Throws<UnreadableSourceException>(() => Read(new XlsxFile().Sheet("s", rows))).Problem.Code);

    [Fact]
    public void A_truncated_file_is_broken_wherever_it_ends()
    {
        var whole = new XlsxFile().Sheet("s", "<row r='1'><c r='A1'><v>1</v></c></row>").ToBytes();
        for (var length = 4; length < whole.Length; length += 97)
        {
            Assert.Throws<UnreadableSourceException>(() => new WorkbookRecordSource(new XlsxBook(new MemoryContent(whole[..length]))));
        }
    }

    private static (List<string> Rows, ProblemLog Problems) Read(XlsxFile file) =>
        Records.Read(new WorkbookRecordSource(new XlsxBook(new MemoryContent(file.ToBytes()))));

    [Fact]
    public async Task Rows_that_end_with_their_last_filled_cell_lack_nothing()
    {
        using var converted = await Converted.OfAsync(new XlsxFile()
            .Sheet("s", Row(1, "인구 현황") + Row(3, "시도", "인구", "", "비고") + Row(4, "", "남", "여")
            + Row(5, "서울", 10, 11) + Row(6, "부산", 20, 21, "추정") + Row(7, "대구", 30, 31)).ToBytes());
        Assert.Equal("시도|인구 남|인구 여|비고", converted.Labels);
        Assert.Equal(["서울|10|11|∅", "부산|20|21|추정", "대구|30|31|∅"], converted.Rows);
        Assert.Equal("table-preamble", converted.Codes);
    }

    private static string Row(int number, params object[] cells) =>
        $"<row r='{number}'>"
            + string.Concat(cells.Select((cell, i) => (Name: $"{(char)('A' + i)}{number}", Value: cell)).Where(cell => cell.Value is not "")
        .Select(
            cell => cell.Value is string text
                ? $"<c r='{cell.Name}' t='inlineStr'><is><t>{text}</t></is></c>"
                : $"<c r='{cell.Name}'><v>{cell.Value}</v></c>")) + "</row>";
}

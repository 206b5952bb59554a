using OpenData.Catalog;
using OpenData.Ingest.Formats;
using OpenData.Ingest.Records;
using static OpenData.Tests.Ingest.Formats.XlsxFile;

namespace OpenData.Tests.Ingest.Formats;

/// <summary>Which sheet of a workbook is the data, and what its merged cells say.</summary>
[Trait("Category", "Unit")]
public sealed class SheetsTests
{
    private static readonly string Data = Row(1, "동", "의자", "탁자")
        + string.Concat(Enumerable.Range(2, 8).Select(i => Row(i, $"동{i}", $"{i * 37 % 50}", $"{i * 91 % 70}")));

    public static TheoryData<string, string> Others => new()
    {
        { "Sheet1", Row(1, "2024 시설 연보") + Row(3, "엮은 곳: 시설과") },
        { "목차", Row(1, "번호", "제목") + string.Concat(Enumerable.Range(1, 30).Select(i => Row(i + 1, $"{i}", $"표 {i}"))) },
        { "Notes", Row(1, "Title", "Benches") + Row(2, "Source", "Office") + Row(3, "Year", "2024") },
        {
            "용어", Row(1, "용어", "뜻", "근거")
                + string.Concat(Enumerable.Range(2, 60).Select(i => Row(i, $"용어 {i}", $"뜻풀이 {i} 는 이러하다", $"제{i}조")))
        },
        { "코드", Row(1, "코드", "이름") + string.Concat(Enumerable.Range(2, 60).Select(i => Row(i, $"{1000 + (i * 7)}", $"구역 {i}"))) },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void The_sheet_of_data_is_read_wherever_it_is_and_the_others_are_named(string name, string rows)
    {
        foreach (var file in new[] { new XlsxFile().Sheet(name, rows).Sheet("표", Data), new XlsxFile().Sheet("표", Data).Sheet(name, rows) })
        {
            var (read, problems) = Read(file);
            Assert.Equal("동|의자|탁자", read[0]);
            Assert.Equal(("sheet-notes", name), Assert.Single(problems.Kept) is var other ? (other.Code, other.RawValue) : default);
        }
    }

    [Fact]
    public void Of_several_sheets_of_data_the_largest_is_read_unless_another_is_declared()
    {
        var more = Data + string.Concat(Enumerable.Range(10, 9).Select(i => Row(i, $"동{i}", "1", "2")));
        var file = new XlsxFile().Sheet("2023", Data).Sheet("2024", more);
        var (read, problems) = Read(file);
        Assert.Equal(18, read.Count);
        Assert.Equal(("sheet-ignored", "2023"), Assert.Single(problems.Kept) is var other ? (other.Code, other.RawValue) : default);
        foreach (var declared in new[] { "2023", "1" })
        {
            Assert.Equal(9, Read(file, new IngestDeclaration { Sheet = declared }).Rows.Count);
        }

        var missing = Assert.Throws<UnreadableSourceException>(() => Read(file, new IngestDeclaration { Sheet = "2025" })).Problem;
        Assert.Equal("sheet-missing", missing.Code);
        Assert.Contains("'2023', '2024'", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_declared_range_is_the_table() =>
        Assert.Equal(
            ["의자|탁자", "24|42"],
            Read(new XlsxFile().Sheet("표", Data), new IngestDeclaration { Range = "B1:C2" }).Rows);

    [Fact]
    public async Task Cells_merged_downwards_hold_in_every_row_however_late_the_sheet_says_so()
    {
        const int Rows = 1500; // more than are looked at to choose the sheet
        var rows = Row(1, "구", "동", "수") + string.Concat(
            Enumerable.Range(2, Rows).Select(i => Row(i, i % 3 == 2 ? $"구{i}" : null, $"동{i}", $"{i}")));
        var merged = string.Concat(
            Enumerable.Range(0, Rows / 3).Select(i => $"<mergeCell ref='A{(i * 3) + 2}:A{(i * 3) + 3}'/>"));
        var file = new XlsxFile().Sheet("표", rows, behind: $"<mergeCells>{merged}</mergeCells>").ToBytes();

        using var converted = await Converted.OfAsync(file);
        Assert.Equal(["구2|동2|2", "구2|동3|3", "∅|동4|4", "구5|동5|5"], converted.Rows.Take(4));
        Assert.Equal(Rows, converted.Rows.Count);
    }

    private static (List<string> Rows, ProblemLog Problems) Read(XlsxFile file, IngestDeclaration? declaration = null)
    {
        using var recognized = SourceFormats.Recognize(new MemoryContent(file.ToBytes()), declaration);
        var (rows, problems) = Records.Read(recognized.Records!);
        return ([.. rows], problems);
    }
}

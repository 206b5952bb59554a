using OpenData.Ingest.Formats;
using OpenData.Ingest.Json;
using OpenData.Ingest.Records;
using OpenData.Ingest.Workbooks;

namespace OpenData.Tests.Ingest.Formats;

/// <summary>The sample drops, up to their records.</summary>
[Trait("Category", "Unit")]
public sealed class SampleFormatsTests
{
    [Theory]
    [InlineData("pps/procurement-notices/입찰공고.json", "json", "")]
    [InlineData("mfds/food-recalls/식품_회수판매중지.xlsx", "xlsx", "")]
    [InlineData("nfa/emergency-calls/구급출동_2025.csv.gz", null, ".gz")]
    [InlineData("nfa/fire-incidents/화재발생현황_2025.csv", null, "")]
    public void Each_is_recognized_by_its_content(string path, string? format, string container)
    {
        var file = SourceFormats.Recognize(new MemoryContent(File.ReadAllBytes(Sample(path))), null);

        Assert.Equal((format, container), (file.Records?.Format, file.Container));
    }

    [Fact]
    public void The_workbook_keeps_its_title_and_days()
    {
        var (rows, _) = Records.Read(
            new WorkbookRecordSource(new XlsxBook(new LocalFileContent(Sample("mfds/food-recalls/식품_회수판매중지.xlsx")))));

        Assert.Equal(
            [
                "식품 회수·판매중지 현황 (가상 자료, synthetic)",
                "회수번호|제품명|업체명|회수사유|제조일자|회수등급|회수량(kg)|바코드",
                "2025-0001|즉석 죽|(주)새마을식품|황색포도상구균 양성|2025-12-04|3|1677.5|8803205036590",
            ],
            rows.Take(3));
    }

    [Fact]
    public void The_notices_keep_their_nested_values()
    {
        var source =
            (JsonRecordSource)SourceFormats.Recognize(new LocalFileContent(Sample("pps/procurement-notices/입찰공고.json")), null).Records!;

        Assert.Equal("공고번호|공고명|공고기관|업무구분|추정가격|공고일시|마감일|전자입찰|담당자", string.Join('|', source.Labels!));
        Assert.Equal(
            "R25BK00000001|2025년 하수관로 정비공사|국립공원공단|공사|324700000|2025-04-24T01:48:00+09:00|2025-05-20|true|"
                + """{"부서":"계약과","전화":"02-0000-0000"}""",
            Records.Read(source).Rows[0]);
    }

    [Fact]
    public void The_broken_workbook_says_so()
    {
        var refused = Assert.Throws<UnreadableSourceException>(
            () => SourceFormats.Recognize(new LocalFileContent(Sample("mfds/drug-recalls/의약품_회수판매중지.xlsx")), null));
        Assert.Equal("excel-broken", refused.Problem.Code);
    }

    private static string Sample(string path) => Path.Combine(OpenData.LocalHost.Repository.Root, "samples", "incoming", path);
}

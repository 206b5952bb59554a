using OpenData.Ingest.Formats;
using OpenData.Ingest.Records;
using OpenData.Lake;

namespace OpenData.Tests.Ingest.Formats;

[Trait("Category", "Unit")]
public sealed class XlsRecordSourceTests
{
    [Fact]
    public void The_first_visible_sheet_with_data_is_read()
    {
        var file = new XlsFile()
            .HiddenSheet("코드", ["숨김"])
            .Sheet("표지")
            .Sheet("자료", ["제목"], ["이름", "수", "날짜", "참"], ["가", 1.1, new XlsFile.Day(45296), true], [], [null, 1234567890123])
            .Sheet("더", ["x"]);
        using var recognized = SourceFormats.Recognize(new MemoryContent(file.ToBytes()), null);
        var (rows, problems) = Records.Read(recognized.Records!);

        Assert.Equal("xls", recognized.Records!.Format);
        Assert.Equal(["제목", "이름|수|날짜|참", "가|1.1|2024-01-05|true", "", "∅|1234567890123"], rows);
        Assert.Equal(("sheet-notes", "더"), Assert.Single(problems.Kept) is var other ? (other.Code, other.RawValue) : default);
    }

    [Fact]
    public void A_file_without_data_says_so() => Assert.Equal("no-data", Refused(new XlsFile().Sheet("표지").ToBytes()).Code);

    [Theory]
    [InlineData("\u0005HwpSummaryInformation", "document-hangul")]
    [InlineData("WordDocument", "document-word")]
    [InlineData("PowerPoint Document", "document-powerpoint")]
    [InlineData("EncryptedPackage", "password")]
    [InlineData("__properties_version1.0", "not-a-table")]
    public void Another_document_in_the_same_frame_is_named(string stream, string code) =>
        Assert.Equal(code, Refused(new XlsFile().Sheet("s", ["a"]).ToBytes(stream)).Code);

    [Theory]
    [InlineData(30)] // sector size
    [InlineData(44)] // sectors of the table
    [InlineData(48)] // first sector of the directory
    [InlineData(76)] // first sector of the table
    public void A_damaged_frame_is_not_followed(int offset)
    {
        var file = new XlsFile().Sheet("s", ["a"]).ToBytes();
        file[offset] ^= 0x55;

        Assert.Equal("excel-broken", Refused(file).Code);
    }

    [Fact]
    public void A_truncated_file_says_so() =>
        Assert.Equal("excel-broken", Refused(new XlsFile().Sheet("s", ["a"], ["b"]).ToBytes()[..1600]).Code);

    private static Problem Refused(byte[] bytes) =>
        Assert.Throws<UnreadableSourceException>(() => SourceFormats.Recognize(new MemoryContent(bytes), null)).Problem;
}

using System.IO.Compression;
using System.Text;
using OpenData.Ingest.Formats;
using OpenData.Ingest.Packing;
using OpenData.Ingest.Records;
using OpenData.Lake;

namespace OpenData.Tests.Ingest.Formats;

[Trait("Category", "Unit")]
public sealed class SourceFormatsTests
{
    private const string Csv = "이름,수\n가,1\n";

    [Fact]
    public void Packing_is_taken_off_in_whatever_order_it_was_put_on()
    {
        var workbook = new XlsxFile().Sheet("s", "<row r='1'><c r='A1'><v>1</v></c></row>").ToBytes();

        Assert.Equal((".gz", null), Recognize(Gzip(Bytes(Csv))));
        Assert.Equal((".zip", null), Recognize(Zip(("자료/a.csv", Bytes(Csv)))));
        Assert.Equal((".gz.zip", null), Recognize(Zip(("a.csv.gz", Gzip(Bytes(Csv))))));
        Assert.Equal((".zip", "xlsx"), Recognize(Zip(("a.xlsx", workbook))));
        Assert.Equal((".gz", "xlsx"), Recognize(Gzip(workbook)));
        Assert.Equal((".gz", "json"), Recognize(Gzip(Bytes("[{\"a\":1}]"))));
    }

    [Fact]
    public void Beside_the_data_a_zip_file_may_hold_what_describes_it() =>
        Assert.Equal(
            (".zip", null),
            Recognize(Zip(("설명서.hwp", [1]), ("__MACOSX/._a.csv", [1]), (".DS_Store", [1]), ("readme.txt", [1]), ("a.csv", Bytes(Csv)))));

    [Fact]
    public void Several_data_files_are_named()
    {
        var problem = Refused(Zip(("2023.csv", Bytes(Csv)), ("2024.csv", Bytes(Csv))));

        Assert.Equal("several-tables", problem.Code);
        Assert.Contains("'2023.csv', '2024.csv'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_zip_file_holds_no_data() => Assert.Equal("no-data", Refused(Zip()).Code);

    [Fact]
    public void A_zip_file_with_a_password_says_so()
    {
        var zip = Zip(("a.csv", Bytes(Csv)));
        zip[6] |= 1; // the flag of encryption, in the entry's header and in the directory
        zip[zip.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x50, 0x4B, 1, 2]) + 8] |= 1;

        Assert.Equal("password", Refused(zip).Code);
    }

    [Theory]
    [InlineData("%PDF-1.7", "document-pdf")]
    [InlineData("HWP Document File V3.00 \u001a\u0001\u0002", "document-hangul")]
    [InlineData("\n<!DOCTYPE html><html><body><p>No table</p></body></html>", "not-a-table")]
    [InlineData("\n<!DOCTYPE html><html><body><table>", "table-unclosed")]
    [InlineData("\uFEFF<?xml version='1.0'?><a/>", "not-a-table")]
    [InlineData("SQLite format 3\0", "not-a-table")]
    public void What_holds_no_table_is_named(string head, string code) => Assert.Equal(code, Refused(Bytes(head)).Code);

    [Theory]
    [InlineData("word/document.xml", "[Content_Types].xml", "document-word")]
    [InlineData("ppt/presentation.xml", "[Content_Types].xml", "document-powerpoint")]
    [InlineData("Contents/content.hpf", "mimetype", "document-hangul")]
    [InlineData("content.xml", "mimetype", "not-a-table")]
    public void Packages_that_are_documents_are_named(string part, string mark, string code) =>
        Assert.Equal(code, Refused(Zip((mark, [1]), (part, [1]))).Code);

    [Theory]
    [InlineData(100)]
    [InlineData(5_000)]
    public void Bytes_that_are_no_text_hold_no_table(int size)
    {
        var bytes = new byte[size];
        new Random(1).NextBytes(bytes);

        Assert.Equal("not-a-table", Refused(bytes).Code);
    }

    [Fact]
    public void Text_with_stray_control_characters_is_still_text() =>
        Assert.Equal(("", null), Recognize(Bytes("a,b\n" + string.Concat(Enumerable.Repeat("1\0,two words\u0001\n", 3)))));

    [Theory]
    [InlineData("[id],name\n1,2\n")]
    [InlineData("{\n")]
    [InlineData("a,b\n")]
    [InlineData("")]
    public void Text_that_only_begins_like_json_is_delimited_text(string text)
    {
        if (text.StartsWith('{')) Assert.Equal("json-invalid", Refused(Bytes(text)).Code);
        else Assert.Equal(("", null), Recognize(Bytes(text)));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    [InlineData(0.99999)]
    public void A_truncated_gzip_file_ends_in_a_problem_and_not_in_silence(double share)
    {
        var packed = Gzip(Bytes(string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},{i * 7919}\n"))));
        using var stream = SourceFormats.Recognize(new MemoryContent(packed[..(int)(packed.Length * share)]), null).Content.Open();
        var refused = Assert.Throws<UnreadableSourceException>(() => stream.CopyTo(Stream.Null));

        Assert.Equal("compression-broken", refused.Problem.Code);
    }

    [Fact]
    public void Members_of_a_gzip_file_are_one_content()
    {
        using var stream = Compression.Of([0x1F, 0x8B, 8])!
            .Unpack(new MemoryContent([.. Gzip(Bytes("a,b\n")), .. Gzip(Bytes("1,2\n"))]))
            .Open();
        using var reader = new StreamReader(stream);

        Assert.Equal("a,b\n1,2\n", reader.ReadToEnd());
    }

    [Fact]
    public void A_bomb_is_stopped()
    {
        var zeros = new byte[1 << 20];
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var i = 0; i < 300; i++) gzip.Write(zeros);
        }

        using var stream = Compression.Of([0x1F, 0x8B, 8])!.Unpack(new MemoryContent(packed.ToArray())).Open();
        Assert.Equal("compression-bomb", Assert.Throws<UnreadableSourceException>(() => stream.CopyTo(Stream.Null)).Problem.Code);
    }

    [Fact]
    public void A_damaged_entry_of_a_zip_file_is_noticed_by_its_checksum()
    {
        var zip = Zip(CompressionLevel.NoCompression, ("a.csv", Bytes(Csv)));
        zip[zip.AsSpan().IndexOf("1\n"u8)] = (byte)'2';

        Assert.Equal("compression-broken", Refused(zip).Code);
    }

    private static (string Container, string? Format) Recognize(byte[] bytes)
    {
        using var recognized = SourceFormats.Recognize(new MemoryContent(bytes), null);
        return (recognized.Container, recognized.Records?.Format);
    }

    private static Problem Refused(byte[] bytes) =>
        Assert.Throws<UnreadableSourceException>(() => SourceFormats.Recognize(new MemoryContent(bytes), null)).Problem;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Zip(params (string Name, byte[] Bytes)[] files) => Zip(CompressionLevel.Fastest, files);

    private static byte[] Zip(CompressionLevel level, params (string Name, byte[] Bytes)[] files)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }

        return packed.ToArray();
    }
}

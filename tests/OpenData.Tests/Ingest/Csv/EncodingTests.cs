using System.Text;

namespace OpenData.Tests.Ingest.Csv;

[Trait("Category", "Unit")]
public sealed class EncodingTests
{
    private const string Text = "지역,금액\n서울특별시 강남구,10\n부산광역시,20\n똠방각하,30\n";

    public static TheoryData<string, string> Encodings => new()
    {
        { "utf-8", "utf-8" },
        { "utf-8-bom", "utf-8" },
        { "utf-16le", "utf-16le" },
        { "utf-16be", "utf-16be" },
        { "utf-16le-unmarked", "utf-16le" },
        { "cp949", "cp949" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Encodings_are_told_by_the_bytes(string how, string expected)
    {
        using var converted = await Converted.OfAsync(Encode(how, Text));
        Assert.Equal(expected, converted.Result.Encoding);
        Assert.Equal(["서울특별시 강남구|10", "부산광역시|20", "똠방각하|30"], converted.Rows);
    }

    [Fact]
    public async Task Western_text_is_not_taken_for_Korean()
    {
        using var converted = await Converted.OfAsync(Encoding.Latin1.GetBytes("Straße,Größe\nKönigsallee,1\nCafé,2\nÜber,3\n"));
        Assert.Equal("windows-1252", converted.Result.Encoding);
        Assert.Equal(["Königsallee|1", "Café|2", "Über|3"], converted.Rows);
    }

    [Fact]
    public async Task Hangul_after_a_long_stretch_of_ASCII_is_still_read()
    {
        var text = "name,amount\n" + string.Concat(Enumerable.Range(0, 60_000).Select(i => $"row {i},{i}\n")) + "한글,1\n";
        using var converted = await Converted.OfAsync(Encode("cp949", text));
        Assert.Equal("cp949", converted.Result.Encoding);
        Assert.Equal(["한글|1"], converted.Query($"select * from {converted.Parts} where name not like 'row%'"));
        Assert.Equal(60_001, converted.Result.Rows);
    }

    [Fact]
    public async Task What_cannot_be_decoded_is_reported_with_its_place()
    {
        var bytes = Encoding.UTF8.GetBytes(Text);
        var at = bytes.AsSpan().IndexOf("부산"u8);
        bytes[at] = 0xFF;
        using var converted = await Converted.OfAsync(bytes);
        Assert.Equal("utf-8", converted.Result.Encoding);
        var problem = converted.Result.Problems.First(problem => problem.Code == "encoding-undecodable");
        Assert.Equal(at, problem.ByteOffset);
        Assert.Equal("FF", problem.RawValue);
        Assert.Equal(3, converted.Result.Rows);
    }

    [Fact]
    public async Task A_broken_byte_in_a_short_Korean_file_does_not_make_it_a_Western_one()
    {
        byte[] bytes = [.. Encode("cp949", Text), 0xFF, 0xFF, .. "x,40\n"u8];
        using var converted = await Converted.OfAsync(bytes);
        Assert.Equal("cp949", converted.Result.Encoding);
        Assert.Equal(["서울특별시 강남구|10", "부산광역시|20", "똠방각하|30", "\uFFFD\uFFFDx|40"], converted.Rows);
        Assert.Equal(
            [(5L, bytes.Length - 7L, "FF"), (5L, bytes.Length - 6L, "FF")],
            converted.Result.Problems.Select(problem => (problem.Line!.Value, problem.ByteOffset!.Value, problem.RawValue!)));
    }

    [Fact]
    public async Task Byte_offsets_are_those_of_the_file()
    {
        var text = "지역,금액,비고\n서울 강남,10,a\n부산,20\n대구,30,c\n";
        using var converted = await Converted.OfAsync(Encode("cp949", text));
        var problem = Assert.Single(converted.Result.Problems);
        Assert.Equal(3, problem.Line);
        Assert.Equal(Encode("cp949", "지역,금액,비고\n서울 강남,10,a\n").Length, problem.ByteOffset);
    }

    private static byte[] Encode(string how, string text) => how switch
    {
        "utf-8" => Encoding.UTF8.GetBytes(text),
        "utf-8-bom" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
        "utf-16le" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
        "utf-16be" => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)],
        "utf-16le-unmarked" => Encoding.Unicode.GetBytes(text),
        _ => CodePagesEncodingProvider.Instance.GetEncoding(949)!.GetBytes(text),
    };
}

using System.Text;

namespace OpenData.Ingest.Text;

/// <summary>The encoding of a text.</summary>
/// <param name="Name">Its name for people, such as <c>utf-8</c> or <c>cp949</c>.</param>
/// <param name="Encoding">What decodes it.</param>
internal sealed record TextEncoding(string Name, Encoding Encoding)
{
    public static TextEncoding Utf8 { get; } = new("utf-8", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    public static TextEncoding Utf16LittleEndian { get; } = new("utf-16le", new UnicodeEncoding(bigEndian: false, byteOrderMark: false));

    public static TextEncoding Utf16BigEndian { get; } = new("utf-16be", new UnicodeEncoding(bigEndian: true, byteOrderMark: false));

    /// <summary>Korean Windows: EUC-KR and the Hangul it lacks.</summary>
    public static TextEncoding Cp949 { get; } = OfCodePage("cp949", 949);

    /// <summary>Western Windows, of which ISO 8859-1 is a part as far as text goes.</summary>
    public static TextEncoding Windows1252 { get; } = OfCodePage("windows-1252", 1252);

    public static TextEncoding Windows874 { get; } = OfCodePage("windows-874", 874);

    public static TextEncoding Windows1250 { get; } = OfCodePage("windows-1250", 1250);

    public static TextEncoding Windows1251 { get; } = OfCodePage("windows-1251", 1251);

    public static TextEncoding Windows1253 { get; } = OfCodePage("windows-1253", 1253);

    public static TextEncoding Windows1254 { get; } = OfCodePage("windows-1254", 1254);

    public static TextEncoding Windows1255 { get; } = OfCodePage("windows-1255", 1255);

    public static TextEncoding Windows1256 { get; } = OfCodePage("windows-1256", 1256);

    public static TextEncoding Windows1257 { get; } = OfCodePage("windows-1257", 1257);

    public static TextEncoding Iso8859Part2 { get; } = OfCodePage("iso-8859-2", 28592);

    public static TextEncoding Iso8859Part5 { get; } = OfCodePage("iso-8859-5", 28595);

    public static TextEncoding Iso8859Part6 { get; } = OfCodePage("iso-8859-6", 28596);

    public static TextEncoding Iso8859Part7 { get; } = OfCodePage("iso-8859-7", 28597);

    public static TextEncoding Iso8859Part8 { get; } = OfCodePage("iso-8859-8", 28598);

    public static TextEncoding Koi8R { get; } = OfCodePage("koi8-r", 20866);

    public static TextEncoding Koi8U { get; } = OfCodePage("koi8-u", 21866);

    public static TextEncoding Ibm866 { get; } = OfCodePage("ibm866", 866);

    public static TextEncoding ShiftJis { get; } = OfCodePage("shift_jis", 932);

    public static TextEncoding EucJp { get; } = OfCodePage("euc-jp", 51932);

    public static TextEncoding Big5 { get; } = OfCodePage("big5", 950);

    public static TextEncoding Gb18030 { get; } = OfCodePage("gb18030", 54936);

    /// <summary>Bytes of the byte order mark at the beginning, 0 if there is none.</summary>
    public int MarkLength { get; init; }

    /// <summary>True if the bytes are UTF-8 as they stand.</summary>
    public bool IsUtf8 => Encoding is UTF8Encoding;

    /// <summary>
    /// True if some of the text is not in this encoding but in the other one of UTF-8 and CP949 (<see cref="MixedText"/>).
    /// </summary>
    public bool IsMixed { get; init; }

    /// <summary>The names of encodings that explain the bytes about as well, where the choice was close; empty otherwise.</summary>
    public IReadOnlyList<string> Alternatives { get; init; } = [];

    /// <summary>The encoding that a declaration names, or null if it is none that we know.</summary>
    public static TextEncoding? Named(string name) => name.ToLowerInvariant() switch
    {
        "euc-kr" => Cp949,
        "iso-8859-1" => Windows1252,
        "gbk" or "gb2312" => Gb18030,
        var other => All.FirstOrDefault(encoding => encoding.Name == other),
    };

    /// <summary>How many bytes of the file a stretch of its text was, given the text in UTF-8.</summary>
    public long SourceLength(ReadOnlySpan<byte> utf8)
    {
        if (IsUtf8 || IsMixed) return utf8.Length;

        long ascii = 0, leads = 0, astral = 0;
        foreach (var c in utf8)
        {
            ascii += c < 0x80 ? 1 : 0;
            leads += c >= 0xC0 ? 1 : 0;
            astral += c >= 0xF0 ? 1 : 0;
        }

        return Encoding switch
        {
            UnicodeEncoding => 2 * (ascii + leads + astral),
            { IsSingleByte: true } => ascii + leads,
            _ when ReferenceEquals(Encoding, Cp949.Encoding) => ascii + 2 * leads,
            _ => Encoding.GetByteCount(System.Text.Encoding.UTF8.GetString(utf8)),
        };
    }

    private static IReadOnlyList<TextEncoding> All =>
    [
        Utf8, Utf16LittleEndian, Utf16BigEndian, Cp949, Windows1252, Windows874, Windows1250, Windows1251, Windows1253, Windows1254,
        Windows1255, Windows1256, Windows1257,
        Iso8859Part2, Iso8859Part5, Iso8859Part6, Iso8859Part7, Iso8859Part8, Koi8R, Koi8U, Ibm866, ShiftJis, EucJp, Big5, Gb18030,
    ];

    private static TextEncoding OfCodePage(string name, int codePage) =>
        new(name, CodePagesEncodingProvider.Instance.GetEncoding(codePage)!);
}

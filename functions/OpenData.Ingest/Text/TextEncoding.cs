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
    public static TextEncoding Cp949 { get; } = new("cp949", CodePagesEncodingProvider.Instance.GetEncoding(949)!);

    /// <summary>Western Windows, of which ISO 8859-1 is a part as far as text goes.</summary>
    public static TextEncoding Windows1252 { get; } = new("windows-1252", CodePagesEncodingProvider.Instance.GetEncoding(1252)!);

    /// <summary>Bytes of the byte order mark at the beginning, 0 if there is none.</summary>
    public int MarkLength { get; init; }

    /// <summary>True if the bytes are UTF-8 as they stand.</summary>
    public bool IsUtf8 => Encoding is UTF8Encoding;

    /// <summary>The encoding that a declaration names, or null if it is none that we know.</summary>
    public static TextEncoding? Named(string name) => name.ToLowerInvariant() switch
    {
        "utf-8" => Utf8,
        "utf-16le" => Utf16LittleEndian,
        "utf-16be" => Utf16BigEndian,
        "cp949" or "euc-kr" => Cp949,
        "windows-1252" or "iso-8859-1" => Windows1252,
        _ => null,
    };

    /// <summary>How many bytes of the file a stretch of its text was, given the text in UTF-8.</summary>
    public long SourceLength(ReadOnlySpan<byte> utf8)
    {
        if (IsUtf8)
            return utf8.Length;

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
            _ when ReferenceEquals(Encoding, Windows1252.Encoding) => ascii + leads,
            _ => ascii + 2 * leads,
        };
    }
}

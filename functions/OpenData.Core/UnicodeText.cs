using ADRaffy.ENSNormalize;

namespace OpenData;

/// <summary>
/// Unicode's normal forms. The product runs without ICU (<c>InvariantGlobalization</c>), where .NET's own <c>Normalize</c> returns its text
/// unchanged, so the tables come from a package.
/// </summary>
public static class UnicodeText
{
    /// <summary>The canonical composition (NFC), so that a name typed on a Mac and the same name typed on Windows are equal.</summary>
    public static string Nfc(string text) => text.AsSpan().ContainsAnyExcept(Composed) ? ENSNormalize.NF.NFC(text) : text;

    /// <summary>The canonical decomposition (NFD): letters apart from their marks.</summary>
    public static string Nfd(string text) => text.AsSpan().ContainsAnyExceptInRange('\0', '\x7F') ? ENSNormalize.NF.NFD(text) : text;

    // Nothing below the combining marks, no Chinese character and no Hangul syllable followed by another of them changes.
    private static readonly System.Buffers.SearchValues<char> Composed = System.Buffers.SearchValues.Create(
        [.. Range('\0', '\u02FF'), .. Range('\u4E00', '\u9FFF'), .. Range('\uAC00', '\uD7A3')]);

    private static IEnumerable<char> Range(char first, char last) => Enumerable.Range(first, last - first + 1).Select(code => (char)code);
}

using System.Text.Unicode;

namespace OpenData.Ingest.Text;

/// <summary>What a word beyond ASCII is written in, where UTF-8 and CP949 are the choice.</summary>
internal enum WordEncoding
{
    /// <summary>Both are possible: a word of characters that UTF-8 writes as two bytes.</summary>
    Either,

    Utf8,

    Cp949,

    /// <summary>Neither.</summary>
    Unknown,
}

/// <summary>Tells words of UTF-8 from words of CP949, for files that were put together from both.</summary>
internal static class WordEvidence
{
    /// <summary>The share of a word's pairs, in percent, that have to be common Hangul syllables.</summary>
    private const int LeastCommon = 70;

    /// <summary>Whether a byte can be part of a word in either encoding. No sign that stands between cells can.</summary>
    public static bool IsOfWord(byte b) => b is >= 0x80 or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z');

    /// <summary>What a word is written in.</summary>
    /// <param name="word">Bytes of which at least one is beyond ASCII.</param>
    public static WordEncoding Of(ReadOnlySpan<byte> word)
    {
        if (Utf8.IsValid(word)) return word.IndexOfAnyInRange((byte)0xE0, (byte)0xF4) >= 0 ? WordEncoding.Utf8 : WordEncoding.Either;
        int pairs = 0, common = 0;
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] < 0x80) continue;
            if (!IsPair(word, i)) return WordEncoding.Unknown;
            pairs++;
            common += word[i] is >= 0xB0 and <= 0xC8 && word[i + 1] >= 0xA1 ? 1 : 0;
            i++;
        }

        return common * 100 >= pairs * LeastCommon ? WordEncoding.Cp949 : WordEncoding.Unknown;
    }

    private static bool IsPair(ReadOnlySpan<byte> word, int at) =>
        word[at] is >= 0x81 and <= 0xFE && at + 1 < word.Length
        && word[at + 1] is (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z') or (>= 0x81 and <= 0xFE);
}

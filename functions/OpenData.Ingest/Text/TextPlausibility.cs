using System.Text;

namespace OpenData.Ingest.Text;

/// <summary>Weighs how much bytes, decoded in some way, look like text that somebody wrote.</summary>
/// <remarks>
/// A wrong encoding gives itself away by characters that no text has, by letters of no one alphabet, by rare characters where frequent ones
/// should be, by signs within words, and by capitals behind small letters.
/// </remarks>
internal static class TextPlausibility
{
    private const double AlienInWord = -0.5, Alone = 0.4, RareSyllable = -0.1;

    private const double Frequent = 1, Kana = 1, Known = 0.7, Ideograph = 0.35, Sign = 0.5, Foreign = 0.05, Impossible = -3, SignInWord =
        -0.5, CapitalInWord =
        -0.5;

    /// <summary>Signs beyond ASCII that text of any language has.</summary>
    private const string Signs = "°²³€£§µ·–—‘’“”„…©®™½¼¾«»×±•№¡¿ºª、。・「」（）［］【】《》〈〉，．：；！？％～＆／－＋＝○●◎△▲□■☆★※→←↑↓";

    /// <summary>Looks at sample words; from -3 to 1 on the average character, 0 where there is none beyond ASCII.</summary>
    public static double Of(ReadOnlySpan<byte> words, Encoding encoding, WritingSystem system)
    {
        var text = encoding.GetString(words);
        double sum = 0;
        var characters = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] < 0x80) continue;
            var (before, behind) = (i > 0 ? text[i - 1] : ' ', i + 1 < text.Length ? text[i + 1] : ' ');
            sum += IsAlien(text[i], before, behind) ? AlienInWord
                : IsPrice(text, i) ? Frequent
                : Math.Min(Weigh(text[i], before, system), IsAlone(text[i], before, behind) ? Alone : Frequent);
            characters++;
        }

        return characters == 0 ? 0 : sum / characters;
    }

    /// <summary>Whether a letter of another alphabet stands in a word of Latin letters, as <c>а</c> in <c>modalitа</c>.</summary>
    private static bool IsAlien(char c, char before, char behind) =>
        c is >= '\u0370' and < '\u1E00' && char.IsLetter(c) && (char.IsAsciiLetter(before) || char.IsAsciiLetter(behind));

    /// <summary>Whether a letter of an alphabet stands alone, which few words are made of.</summary>
    private static bool IsAlone(char c, char before, char behind) =>
        c is >= '\u0370' and < '\u1E00' && char.IsLetter(c) && !char.IsLetter(before) && !char.IsLetter(behind);

    /// <summary>Whether a sign of money stands beside a number.</summary>
    private static bool IsPrice(string text, int at)
    {
        if (text[at] is not ('€' or '£' or '¥')) return false;
        var before = text.AsSpan(0, at).TrimEnd(' ');
        var behind = text.AsSpan(at + 1).TrimStart(' ');
        return !before.IsEmpty && char.IsAsciiDigit(before[^1]) || !behind.IsEmpty && char.IsAsciiDigit(behind[0]);
    }

    private static double Weigh(char c, char before, WritingSystem system)
    {
        if (c == '\uFFFD' || c < 0xA0 || char.IsControl(c) || c is >= '\uE000' and <= '\uF8FF') return Impossible;
        if (Signs.Contains(c, StringComparison.Ordinal))
        {
            return c != '’' && c != '·' && c < 0x3000 && char.IsLetter(before)
                && before < 0x3000 && c is not ('°' or '²' or '³' or '…' or '”' or '“' or '–' or '»')
                ? SignInWord
                : Sign;
        }

        if (!char.IsLetter(c) && !IsMark(c))
        {
            return char.IsLetter(before) && c < 0x2000
                ? SignInWord
                : c is >= '\uFF01' and <= '\uFF5E' or '\u3000' or '\u00A0' ? Sign : Foreign;
        }

        // half-width kana stand in runs
        if (c is >= '\uFF66' and <= '\uFF9F') return before is >= '\uFF66' and <= '\uFF9F' && IsJapanese(system) ? Sign : Foreign;
        if (c is >= '\u3041' and <= '\u30FF') return IsJapanese(system) ? Kana : Foreign;

        var small = char.ToLowerInvariant(c);
        if (small != c && char.IsLetter(before) && char.IsLower(before)) return CapitalInWord;
        if (system.Frequent.Contains(small, StringComparison.Ordinal)) return Frequent;
        if (system.Rest.Contains(small, StringComparison.Ordinal)) return Known;
        return c switch
        {
            >= '\uAC00' and <= '\uD7A3' => IsKorean(system) ? IsCommonSyllable(c) ? Known : RareSyllable : Foreign,
            >= '\u4E00' and <= '\u9FFF' => IsKorean(system) ? Foreign : system.Rest.Length == 0 ? Ideograph : Foreign,
            _ => Foreign,
        };
    }

    private static bool IsKorean(WritingSystem system) => ReferenceEquals(system.Encodings[0], TextEncoding.Cp949);

    private static bool IsJapanese(WritingSystem system) => ReferenceEquals(system.Encodings[0], TextEncoding.ShiftJis);

    private static bool IsMark(char c) =>
        char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark
            or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    /// <summary>Whether a syllable is one of the 2,350 of KS X 1001, which lie in CP949's rows from B0 on.</summary>
    private static bool IsCommonSyllable(char c)
    {
        Span<byte> bytes = stackalloc byte[4];
        return TextEncoding.Cp949.Encoding.GetBytes([c], bytes) == 2 && bytes[0] >= 0xB0 && bytes[1] >= 0xA1;
    }
}

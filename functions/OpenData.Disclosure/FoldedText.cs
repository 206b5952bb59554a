using System.Globalization;
using System.Text;

namespace OpenData.Disclosure;

/// <summary>
/// Text as the rules read it: full-width characters as their ASCII counterparts, digits of every script as 0 to 9, every dash as a
/// hyphen, every
/// space as a space, and no invisible characters, so that a number is found however it was typed or disguised.
/// </summary>
public static class FoldedText
{
    /// <summary>Folds a text. Text that is folded already is returned as it is.</summary>
    public static string Of(string text)
    {
        var first = 0;
        while (first < text.Length && IsFolded(text[first])) first++;
        if (first == text.Length) return text;

        var folded = new StringBuilder(text, 0, first, text.Length);
        foreach (var rune in text.AsSpan(first).EnumerateRunes()) Append(folded, rune);
        return folded.ToString();
    }

    /// <summary>Decodes and folds a text without allocating where it is folded already, as nearly all text is.</summary>
    /// <param name="utf8">The text, UTF-8.</param>
    /// <param name="buffer">Takes the characters; replaced by a longer one where it is too short.</param>
    internal static ReadOnlySpan<char> Of(ReadOnlySpan<byte> utf8, ref char[] buffer)
    {
        if (buffer.Length < utf8.Length) buffer = new char[utf8.Length * 2];
        var text = buffer.AsSpan(0, Encoding.UTF8.GetChars(utf8, buffer));
        foreach (var c in text)
        {
            if (!IsFolded(c)) return Of(text.ToString());
        }

        return text;
    }

    private static bool IsFolded(char c) => c is >= ' ' and <= '~' or >= '가' and <= '힣';

    private static void Append(StringBuilder folded, Rune rune)
    {
        switch (rune.Value)
        {
            case >= 0xFF01 and <= 0xFF5E:
                folded.Append((char)(rune.Value - 0xFEE0));
                return;
            case 0x2212 or 0xFE58 or 0xFE63 or 0x30FC or 0x3161 or 0x1173: // minus, small dashes, and letters that are typed for one
                folded.Append('-');
                return;
        }

        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.DashPunctuation:
                folded.Append('-');
                break;
            case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
            case UnicodeCategory.Control:
                folded.Append(' ');
                break;
            case UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark:
                break;
            case UnicodeCategory.DecimalDigitNumber:
                folded.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
                break;
            default:
                folded.Append(rune.ToString());
                break;
        }
    }
}

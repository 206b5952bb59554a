using System.Globalization;
using System.Text.RegularExpressions;
using OpenData.Disclosure;

namespace OpenData.Demand.Requests;

/// <summary>Judges what somebody sent in: text that may hold personal data or advertising waits for a planner before it is shown.</summary>
public static partial class TextScreen
{
    private const int MaxLinks = 2;

    /// <summary>Whether the texts may be shown at once.</summary>
    public static Moderation Judge(params IEnumerable<string?> texts) =>
        texts.OfType<string>().Any(text => TableScan.Of(text, RuleSet.Default).Count > 0 || Links().Count(text) > MaxLinks)
            ? Moderation.Pending
            : Moderation.Shown;

    /// <summary>
    /// A text without control characters and without space around it, in NFC; one of which nothing can be seen is empty.
    /// </summary>
    public static string Clean(string text)
    {
        var cleaned = new string([.. UnicodeText.Nfc(text).Where(c => !char.IsControl(c) || c == '\n')]).Trim();
        return cleaned.All(IsInvisible) ? "" : cleaned;
    }

    private static bool IsInvisible(char c) => char.IsWhiteSpace(c) || c is '\u115F' or '\u1160' or '\u3164' or '\uFFA0' or '\u2800'
        || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    [GeneratedRegex("https?://|www\\.", RegexOptions.IgnoreCase)]
    private static partial Regex Links();
}

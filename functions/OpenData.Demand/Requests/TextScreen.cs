using System.Text.RegularExpressions;

namespace OpenData.Demand.Requests;

/// <summary>Judges what somebody sent in: text that may hold personal data or advertising waits for a planner before it is shown.</summary>
public static partial class TextScreen
{
    private const int MaxLinks = 2;

    /// <summary>Whether the texts may be shown at once.</summary>
    public static Moderation Judge(params IEnumerable<string?> texts) =>
        texts.OfType<string>().Any(text => Personal().IsMatch(text) || Links().Count(text) > MaxLinks)
            ? Moderation.Pending
            : Moderation.Shown;

    /// <summary>A text without control characters and without space around it, in NFC.</summary>
    public static string Clean(string text) => new string([.. UnicodeText.Nfc(text).Where(c => !char.IsControl(c) || c == '\n')]).Trim();

    // An e-mail address, a run of digits as long as a telephone number, or a resident registration number.
    [GeneratedRegex(@"[^\s@]+@[^\s@]+\.[a-z]{2,}|\+?\d[\d\-. ()]{7,}\d", RegexOptions.IgnoreCase)]
    private static partial Regex Personal();

    [GeneratedRegex("https?://|www\\.", RegexOptions.IgnoreCase)]
    private static partial Regex Links();
}

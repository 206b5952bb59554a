namespace OpenData.Disclosure;

/// <summary>
/// How many characters of some sorts a folded text has; in a rule, how many its pattern needs at least, so that the pattern is not tried
/// in vain.
/// </summary>
public readonly record struct TextCounts
{
    /// <summary>Digits.</summary>
    public int Digits { get; init; }

    /// <summary>Letters of ASCII.</summary>
    public int Letters { get; init; }

    /// <summary>Signs <c>@</c>.</summary>
    public int At { get; init; }

    /// <summary>Colons.</summary>
    public int Colons { get; init; }

    /// <summary>Dots.</summary>
    public int Dots { get; init; }

    /// <summary>Hyphens.</summary>
    public int Hyphens { get; init; }

    /// <summary>Hangul syllables behind a digit.</summary>
    public int HangulAfterDigit { get; init; }

    /// <summary>Counts a folded text.</summary>
    public static TextCounts Of(ReadOnlySpan<char> text)
    {
        int digits = 0, letters = 0, at = 0, colons = 0, dots = 0, hyphens = 0, hangul = 0;
        var afterDigit = false;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                digits++;
                afterDigit = true;
                continue;
            }

            if (char.IsAsciiLetter(c)) letters++;
            else if (c == '@') at++;
            else if (c == ':') colons++;
            else if (c == '.') dots++;
            else if (c == '-') hyphens++;
            else if (afterDigit && c is >= '가' and <= '힣') hangul++;
            afterDigit = false;
        }

        return new TextCounts
        {
            Digits = digits,
            Letters = letters,
            At = at,
            Colons = colons,
            Dots = dots,
            Hyphens = hyphens,
            HangulAfterDigit = hangul,
        };
    }

    /// <summary>Whether there are at least as many of each as another says.</summary>
    public bool Cover(in TextCounts needs) =>
        Digits >= needs.Digits && Letters >= needs.Letters && At >= needs.At && Colons >= needs.Colons && Dots >= needs.Dots
        && Hyphens >= needs.Hyphens && HangulAfterDigit >= needs.HangulAfterDigit;
}

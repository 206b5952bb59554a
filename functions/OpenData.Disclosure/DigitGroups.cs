namespace OpenData.Disclosure;

/// <summary>The runs of digits in a text, each with what stands between it and the one before.</summary>
internal static class DigitGroups
{
    /// <summary>
    /// The most groups of one text that are looked at; a cell with more is a list of numbers, whose beginning says what it is.
    /// </summary>
    public const int Most = 256;

    private const int LongestSeparator = 3;

    /// <summary>A run of digits.</summary>
    /// <param name="Start">Its first character.</param>
    /// <param name="Length">Its number of digits.</param>
    /// <param name="Joined">Whether only a separator stands between it and the run before.</param>
    /// <param name="Bounded">Whether no letter or digit of another kind touches it on either side.</param>
    public readonly record struct Group(int Start, int Length, bool Joined, bool Bounded)
    {
        /// <summary>Behind its last digit.</summary>
        public int End => Start + Length;
    }

    /// <summary>Reads the groups of a folded text; returns how many there are.</summary>
    public static int Read(ReadOnlySpan<char> text, Span<Group> groups)
    {
        var count = 0;
        var before = -1;
        for (var at = 0; at < text.Length && count < groups.Length;)
        {
            if (!char.IsAsciiDigit(text[at]))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
            var joined = before >= 0 && IsSeparator(text[before..start]);
            var bounded = (start == 0 || !char.IsAsciiLetter(text[start - 1])) && (at == text.Length || !char.IsAsciiLetter(text[at]));
            groups[count++] = new Group(start, at - start, joined, bounded);
            before = at;
        }

        return count;
    }

    // One mark, with or without spaces around it, or one space.
    private static bool IsSeparator(ReadOnlySpan<char> between)
    {
        if (between.IsEmpty || between.Length > LongestSeparator) return false;
        var marks = 0;
        foreach (var c in between)
        {
            if (c == ' ') continue;
            if (c is not ('-' or '.' or '/' or ')' or '_' or '~' or '·')) return false;
            marks++;
        }

        return marks <= 1 && (marks == 1 || between.Length == 1);
    }
}

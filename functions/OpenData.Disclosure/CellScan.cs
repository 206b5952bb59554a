using System.Globalization;
using System.Text;

namespace OpenData.Disclosure;

/// <summary>Finds what one text holds, rule by rule.</summary>
internal static class CellScan
{
    /// <summary>A match of a rule in a text.</summary>
    /// <param name="Rule">The rule's place in <see cref="RuleSet.Rules"/>.</param>
    /// <param name="Strength">What it is worth.</param>
    /// <param name="Text">The match as it stands in the folded text.</param>
    /// <param name="IsWhole">Whether the text consists of it.</param>
    /// <param name="IsBare">Whether it is one run of digits, which is more easily something else.</param>
    public readonly record struct Match(int Rule, MatchStrength Strength, string Text, bool IsWhole, bool IsBare);

    /// <summary>Looks through a text.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="folded">The text, folded.</param>
    /// <param name="headingSays">For each rule, whether the column's heading speaks for it.</param>
    /// <param name="matches">Takes the matches that pass their checks, and the runs of digits that do not.</param>
    public static void Read(RuleSet rules, ReadOnlySpan<char> folded, ReadOnlySpan<bool> headingSays, List<Match> matches)
    {
        ReadGroups(rules, folded, matches);
        var counts = TextCounts.Of(folded);
        foreach (var pattern in rules.Patterns)
        {
            if (!counts.Cover(pattern.Needs)) continue;
            if (pattern.Context is { } context && !headingSays[pattern.Rule] && !folded.ContainsAny(context)) continue;
            foreach (var found in pattern.Matches(folded))
            {
                var (start, end) = (found.Index, found.Index + found.Length);
                if (!IsPartOfLonger(folded, start, end)) Add(rules, pattern.Rule, folded, start, end, separated: true, matches);
            }
        }
    }

    private static void ReadGroups(RuleSet rules, ReadOnlySpan<char> text, List<Match> matches)
    {
        Span<DigitGroups.Group> room = stackalloc DigitGroups.Group[DigitGroups.Most];
        var groups = room[..DigitGroups.Read(text, room)];
        for (var i = 0; i < groups.Length; i++)
        {
            foreach (var layout in rules.LayoutsBeginning(groups[i].Length))
            {
                if (!Fits(groups[i..], layout.Lengths, text)) continue;
                var last = groups[i + layout.Lengths.Length - 1];
                Add(rules, layout.Rule, text, groups[i].Start, last.End, layout.Lengths.Length > 1, matches);
            }
        }
    }

    private static bool Fits(ReadOnlySpan<DigitGroups.Group> groups, int[] lengths, ReadOnlySpan<char> text)
    {
        if (groups.Length < lengths.Length) return false;
        for (var i = 0; i < lengths.Length; i++)
        {
            if (groups[i].Length != lengths[i] || !groups[i].Bounded || i > 0 && !groups[i].Joined) return false;
        }

        return !IsPartOfLonger(text, groups[0].Start, groups[lengths.Length - 1].End);
    }

    /// <summary>Whether a hyphen or a point between digits makes a match a part of something longer, such as a fraction.</summary>
    private static bool IsPartOfLonger(ReadOnlySpan<char> text, int start, int end)
    {
        var continuesBefore = start > 1 && (text[start - 1] is '-' or '.') && char.IsAsciiDigit(text[start - 2]);
        var continuesBehind = end + 1 < text.Length && (text[end] is '-' or '.') && char.IsAsciiDigit(text[end + 1]);
        return continuesBefore || continuesBehind;
    }

    private static void Add(RuleSet rules, int index, ReadOnlySpan<char> text, int start, int end, bool separated, List<Match> matches)
    {
        var rule = rules.Rules[index];
        var strength = rule.Strength;
        if (rule.Starts.Count > 0 && !StartsAsSaid(rule.Starts, text[start..end])) return;
        var match = text[start..end].ToString();
        if (rule.Check is { } check)
        {
            var passed = Checks.Of(check, Plain(match, check), separated);
            if (passed < strength) strength = passed;
        }

        // That a run of digits fails its check is evidence as well: it tells that its column holds numbers of another kind.
        var isBare = !match.AsSpan().ContainsAnyExceptInRange('0', '9');
        if (strength == MatchStrength.None && !isBare) return;
        var isWhole = text[..start].Trim().IsEmpty && text[end..].Trim().IsEmpty;
        matches.Add(new Match(index, strength, match, isWhole, isBare));
    }

    private static bool StartsAsSaid(IReadOnlyList<string> starts, ReadOnlySpan<char> match)
    {
        Span<char> digits = stackalloc char[8];
        var count = 0;
        foreach (var c in match)
        {
            if (!char.IsAsciiDigit(c)) continue;
            digits[count++] = c;
            if (count == digits.Length) break;
        }

        foreach (var start in starts)
        {
            if (digits[..count].StartsWith(start)) return true;
        }

        return false;
    }

    // Without separators, but for addresses, whose separators are part of their meaning.
    private static string Plain(string match, string check)
    {
        if (check is "ip" or "mac") return match.ToUpperInvariant();
        var plain = new StringBuilder(match.Length);
        foreach (var c in match)
        {
            if (char.IsLetterOrDigit(c)) plain.Append(char.ToUpper(c, CultureInfo.InvariantCulture));
        }

        return plain.ToString();
    }
}

using System.Buffers;
using System.Text;

namespace OpenData.Ingest.Csv;

/// <summary>Takes lines apart whose cells are set apart by spaces.</summary>
internal static class AlignedLine
{
    private static readonly SearchValues<char> Ruler = SearchValues.Create("-=+|─━ \t");

    /// <summary>Whether a line only underlines the one above it.</summary>
    public static bool IsRuler(string line) =>
        line.AsSpan().Trim() is { Length: > 2 } text && text.IndexOfAnyExcept(Ruler) < 0 && text.ContainsAny('-', '=', '─');

    /// <summary>A comment line without the sign that it begins with.</summary>
    public static string WithoutSign(string line) => line.TrimStart('#', '%', ';', '/', ' ', '!');

    /// <summary>The cells of a line between runs of so many spaces or more; a tab counts as many.</summary>
    public static List<string> Split(string line, int spaces)
    {
        var cells = new List<string>();
        var text = line.AsSpan().Trim();
        while (!text.IsEmpty)
        {
            var end = 0;
            while (end < text.Length && SpacesAt(text[end..]) is var run && run.Width < spaces) end += Math.Max(run.Length, 1);
            cells.Add(text[..end].Trim().ToString());
            text = text[end..].TrimStart();
        }

        return cells;
    }

    /// <summary>
    /// The cells of a line by where its words lie, each in the column that it shares most of its width with; null if many words lie
    /// between the columns or across several, as those of a sentence do.
    /// </summary>
    public static List<string>? Place(string line, IReadOnlyList<(int Start, int End)> spans)
    {
        var cells = new string[spans.Count];
        var astray = 0;
        foreach (var (start, end, word) in Words(line))
        {
            int best = -1, most = 0, touched = 0;
            for (var i = 0; i < spans.Count; i++)
            {
                var shared = Math.Min(end, spans[i].End) - Math.Max(start, spans[i].Start);
                if (shared <= 0) continue;
                touched++;
                if (shared > most) (best, most) = (i, shared);
            }

            if (touched != 1) astray++;
            if (best < 0) best = Nearest(spans, start, end);
            cells[best] = cells[best] is { } before ? $"{before} {word}" : word;
        }

        return astray * 2 > spans.Count ? null : [.. cells.Select(cell => cell ?? "")];
    }

    /// <summary>The words of a line, and where each begins and ends on a screen.</summary>
    public static IEnumerable<(int Start, int End, string Word)> Words(string line)
    {
        var word = new StringBuilder();
        int at = 0, start = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (word.Length > 0) yield return (start, at, word.ToString());
                word.Clear();
                at += rune.Value == '\t' ? 8 - (at % 8) : WidthOf(rune);
                continue;
            }

            if (word.Length == 0) start = at;
            word.Append(rune);
            at += WidthOf(rune);
        }

        if (word.Length > 0) yield return (start, at, word.ToString());
    }

    /// <summary>How wide a line is on a screen.</summary>
    public static int WidthOf(string line) => Words(line).Select(word => word.End).DefaultIfEmpty(0).Last();

    // Hangul, Han, Kana and full-width forms take two places, as terminals and programs with a fixed width show them.
    private static int WidthOf(Rune rune) => rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF)
        or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60)
        or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x20000 and <= 0x3FFFD)
        ? 2
        : 1;

    private static int Nearest(IReadOnlyList<(int Start, int End)> spans, int start, int end) =>
        Enumerable.Range(0, spans.Count).MinBy(i => Math.Abs(spans[i].Start + spans[i].End - start - end));

    private static (int Length, int Width) SpacesAt(ReadOnlySpan<char> text)
    {
        int length = 0, width = 0;
        while (length < text.Length && char.IsWhiteSpace(text[length])) width += text[length++] == '\t' ? 2 : 1;
        return (length, width);
    }
}

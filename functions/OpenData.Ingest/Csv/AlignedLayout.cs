using System.Globalization;
using System.Text;
using OpenData.Ingest.Tables;

namespace OpenData.Ingest.Csv;

/// <summary>
/// How a text is written whose columns are set apart by spaces, so that they stand below each other: at least two spaces between cells that
/// may hold single ones, or runs of any length between cells that hold none; where a cell is missing, its place tells which.
/// </summary>
/// <param name="Width">Cells of a row.</param>
/// <param name="Spans">The extent of each column, in character cells of the screen; none if the columns overlap.</param>
/// <param name="HeaderComment">The comment line that holds the headings, from 1; 0 if none does.</param>
internal sealed record AlignedLayout(int Width, IReadOnlyList<(int Start, int End)> Spans, long HeaderComment)
{
    /// <summary>The share of lines that have the table's number of cells, and of those that have two spaces somewhere.</summary>
    private const double Consistent = 0.9, Spaced = 0.5, Numeric = 0.8;

    private const int LeastLines = 3, MostLines = 2000;

    /// <summary>Finds out whether a text is written so; null if it is not.</summary>
    /// <param name="lines">Its first lines, without comment lines.</param>
    /// <param name="comments">Its comment lines above the first of them, with the number of each.</param>
    public static AlignedLayout? Detect(IReadOnlyList<string> lines, IReadOnlyList<(long Line, string Text)> comments)
    {
        List<string> filled = [.. lines.Where(line => !string.IsNullOrWhiteSpace(line) && !AlignedLine.IsRuler(line)).Take(MostLines)];
        var spaced = filled.Count(line => line.TrimStart().Contains("  ", StringComparison.Ordinal));
        if (filled.Count < LeastLines || spaced < Spaced * filled.Count) return null;

        var wide = Commonest(filled, 2);
        var single = Commonest(filled, 1);
        var spans = SpansOf(filled);
        // Where both explain the lines, the headings tell whether single spaces divide cells, as in 2024 01 05.
        var headed = comments.Any(comment => HeadingsIn(comment.Text) == single.Count)
            || filled.TrueForAll(line => AlignedLine.Split(line, 1).TrueForAll(IsPlainNumber));
        var width = wide.Share >= Consistent && !(headed && single.Share >= Consistent) ? wide.Count
            : single.Share >= Consistent ? single.Count
            : spans.Count;
        if (width < 2) return null;

        var layout = new AlignedLayout(width, spans.Count == width ? spans : [], 0);
        if (spans.Count != width && Math.Max(wide.Share, single.Share) < Consistent) return null;
        var rows = filled.Select(layout.Split).ToList();
        if (rows.Count(row => row.Count == width) < Consistent * rows.Count - 2) return null;
        if (!HasNumbers(rows, width) && (wide.Share < Consistent || spans.Count != width)) return null;

        // The headings may stand in a comment, where the first line is no header.
        if (!rows[0].Exists(IsNumeric)) return layout;
        var heading = comments.FirstOrDefault(comment => HeadingsIn(comment.Text) == width);
        return layout with { HeaderComment = heading.Line };
    }

    /// <summary>The cells of a line; a single one if the line is no row.</summary>
    public List<string> Split(string line)
    {
        var wide = AlignedLine.Split(line, 2);
        if (wide.Count == Width) return wide;
        if (Spans.Count == Width && AlignedLine.Place(line, Spans) is { } placed) return placed;
        var single = AlignedLine.Split(line, 1);
        return single.Count == Width ? single : wide.Count > 1 && single.Count > Width ? wide : [line.Trim()];
    }

    private static int HeadingsIn(string comment) => AlignedLine.Split(AlignedLine.WithoutSign(comment), 1).Count;

    private static (int Count, double Share) Commonest(List<string> lines, int spaces)
    {
        var groups = lines.GroupBy(line => AlignedLine.Split(line, spaces).Count).ToList();
        var most = groups.MaxBy(group => group.Count())!;
        return (most.Key, (double)most.Count() / lines.Count);
    }

    /// <summary>
    /// Stretches of the screen's columns in which most lines have something, with columns between them in which hardly any has.
    /// </summary>
    private static List<(int Start, int End)> SpansOf(List<string> lines)
    {
        var used = new int[lines.Max(AlignedLine.WidthOf)];
        foreach (var line in lines.Skip(1))
        {
            foreach (var (start, end, _) in AlignedLine.Words(line))
            {
                for (var i = start; i < end; i++) used[i]++;
            }
        }

        var spans = new List<(int, int)>();
        var rare = lines.Count / 50;
        for (var i = 0; i < used.Length; i++)
        {
            if (used[i] <= rare) continue;
            var start = i;
            while (i < used.Length && used[i] > rare) i++;
            spans.Add((start, i));
        }

        return spans;
    }

    private static bool HasNumbers(List<List<string>> rows, int width)
    {
        var body = rows.Skip(1).Where(row => row.Count == width).ToList();
        return body.Count > 0 && Enumerable.Range(0, width).Any(i => body.Count(row => IsNumeric(row[i])) >= Numeric * body.Count);
    }

    private static bool IsPlainNumber(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static bool IsNumeric(string cell) => CellKinds.Of(Encoding.UTF8.GetBytes(cell)) == CellKind.Numeric;
}

using OpenData.Ingest.Tables;

namespace OpenData.Ingest.Csv;

/// <summary>A record read in another way than the dialect's.</summary>
/// <param name="Cells">The cells, as positions in the text; quotes around them are left out.</param>
/// <param name="Length">Bytes that the record takes up, its line break included.</param>
/// <param name="Newlines">Line breaks inside it.</param>
/// <param name="Escaped">Whether quotes or backslashes are still to be taken out of quoted cells.</param>
/// <param name="Delimiter">The delimiter, if it is not the dialect's.</param>
internal sealed record RepairedRecord(IReadOnlyList<(int Start, int End)> Cells, int Length, int Newlines, bool Escaped, string? Delimiter);

/// <summary>
/// Reads a record that does not follow its file's dialect: of all ways to cut its line into as many cells as the table has, the one that
/// bends the rules least. A line that cannot be cut so is tried together with the next ones, and with other delimiters.
/// </summary>
internal sealed class RecordRepair(byte[] delimiter, int quote, int backslash)
{
    private const int MostLines = 50, MostDelimiters = 2000, MostWork = 1_000_000;

    /// <summary>Steps that are spent on one file: one that is broken throughout is not worth more.</summary>
    private long _stepsLeft = 500_000_000;

    /// <summary>
    /// What a record costs that breaks no rule, but is not of the table's width: once, and for each cell too many or too few.
    /// </summary>
    private const int StrictCost = 1, LengthCost = 2;

    /// <summary>
    /// What it costs to take a quote for text: at the beginning of a cell, at its end, within it, and within it but beside a delimiter or
    /// line break.
    /// </summary>
    private const int OpeningCost = 4, ClosingCost = 2, InnerCost = 1, BoundaryCost = 3;

    /// <summary>What it costs to take in another line: little if it is none of the table's rows by itself, much if it is.</summary>
    private const int LineCost = 1, RowCost = 4;

    /// <summary>What it costs that a cell begins with a space: a delimiter before a space rather belongs to a text.</summary>
    private const int SpaceCost = 1;

    /// <summary>What it costs to read a record with one cell more or less than the table has.</summary>
    private const int NearlyCost = 3;

    private static readonly byte[][] OtherDelimiters =
        [.. new[] { ";", "\t", "|", ",", ", ", " " }.Select(System.Text.Encoding.UTF8.GetBytes)];

    /// <summary>Finds a better reading; null if there is none.</summary>
    /// <param name="text">From the record's beginning to where the strict reading ended it (or as far as is worth a try).</param>
    /// <param name="width">Cells of the table; 0 if unknown.</param>
    /// <param name="malformed">Whether the strict reading broke a rule, so that any other one will do.</param>
    /// <param name="spaced">Whether a space follows the first delimiter, and so perhaps each one.</param>
    /// <param name="strictCount">Cells in the strict reading.</param>
    /// <param name="wholeIsText">Whether the text ends where the file does.</param>
    public RepairedRecord? TryRead(ReadOnlySpan<byte> text, int width, bool malformed, bool spaced, int strictCount, bool wholeIsText)
    {
        var first = 0;
        var line = text[..NextLine(text, ref first, out _)];
        if (spaced && Cut(line, width, [.. delimiter, (byte)' ']) is { Cost: 0 } apart)
        {
            return Found(apart.Cells, first, 0) with { Delimiter = System.Text.Encoding.UTF8.GetString([.. delimiter, (byte)' ']) };
        }

        if (!malformed && strictCount >= width && first == text.Length) return null;

        // Quotes that break the rules of the file's delimiter and follow those of another one stand between that.
        if (malformed && width > 1 && ByOther(line, width, first) is { } other) return other;

        if (width > 0 && (malformed || first < text.Length))
        {
            if (OfWidth(
                text,
                width,
                malformed,
                malformed ? int.MaxValue : StrictCost + LengthCost * Math.Abs(strictCount - width),
                wholeIsText) is { } found)
            {
                return found;
            }
        }

        // A note has words with spaces and commas between, perhaps as many as the table has cells.
        if (width > 1 && strictCount < width && !(strictCount == 1 && CellKinds.BeginsLikeNote(line))
            && (ByOther(line, width, first) ?? InQuotesByOther(line, width, first)) is { } divided)
        {
            return divided;
        }

        return malformed && Cut(line, 0, delimiter) is { } any ? Found(any.Cells, first, 0) : null;
    }

    /// <summary>
    /// Reads a line with another delimiter, which gives the table's number of cells and breaks no rule; null if there is none.
    /// </summary>
    private RepairedRecord? ByOther(ReadOnlySpan<byte> line, int width, int length)
    {
        foreach (var other in OtherDelimiters)
        {
            if (!other.AsSpan().SequenceEqual(delimiter) && line.IndexOf(other) >= 0
                && Cut(line, width, other) is { Cost: 0 } cut && Leaves(line, cut.Cells) is not Left.OutsideQuotes)
            {
                return Found(cut.Cells, length, 0) with { Delimiter = System.Text.Encoding.UTF8.GetString(other) };
            }
        }

        return null;
    }

    /// <summary>
    /// Reads a line with another delimiter, which gives more cells than the table has, but leaves the file's own one in quotes only; null
    /// if there is none.
    /// </summary>
    private RepairedRecord? InQuotesByOther(ReadOnlySpan<byte> line, int width, int length)
    {
        foreach (var other in OtherDelimiters)
        {
            if (!other.AsSpan().SequenceEqual(delimiter) && Cut(line, 0, other) is { Cost: 0 } cut
                && cut.Cells.Count > width && Leaves(line, cut.Cells) is Left.InQuotes)
            {
                return Found(cut.Cells, length, 0) with { Delimiter = System.Text.Encoding.UTF8.GetString(other) };
            }
        }

        return null;
    }

    /// <summary>Where the dialect's delimiter is left in cells that another one is to separate.</summary>
    private enum Left
    {
        Nowhere,
        InQuotes,
        OutsideQuotes,
    }

    private Left Leaves(ReadOnlySpan<byte> line, List<(int Start, int End)> cells)
    {
        var left = Left.Nowhere;
        foreach (var (start, end) in cells)
        {
            if (line[start..end].IndexOf(delimiter) < 0) continue;

            if (start == 0 || line[start - 1] != quote) return Left.OutsideQuotes;

            left = Left.InQuotes;
        }

        return left;
    }

    /// <summary>
    /// The cheapest way to read the table's number of cells out of one line or several; each line break inside costs. If the first line by
    /// itself is cheaper to read with one cell more or less, that is it: a delimiter is missing or too many.
    /// </summary>
    private RepairedRecord? OfWidth(ReadOnlySpan<byte> text, int width, bool malformed, int bestCost, bool wholeIsText)
    {
        RepairedRecord? best = null;
        int length = 0, lineCost = 0;
        for (var lines = 0; lines < MostLines && lineCost < bestCost && length < text.Length; lines++)
        {
            var start = length;
            var content = NextLine(text, ref length, out var complete);
            if (!complete && !wholeIsText) break;

            if (lines > 0) lineCost += width > 2 && Cut(text[start..content], width, delimiter) is { Cost: 0 } ? RowCost : LineCost;

            if (Cut(text[..content], width, delimiter) is { } cut && cut.Cost + lineCost < bestCost)
            {
                (best, bestCost) = (Found(cut.Cells, length, lines), cut.Cost + lineCost);
            }

            if (lines == 0 && malformed && Cut(text[..content], 0, delimiter) is { } any
                && Math.Abs(any.Cells.Count - width) == 1 && any.Cost + NearlyCost < bestCost)
            {
                (best, bestCost) = (Found(any.Cells, length, 0), any.Cost + NearlyCost);
            }
        }

        return best;
    }

    private static RepairedRecord Found(List<(int Start, int End)> cells, int length, int newlines) =>
        new(cells, length, newlines, Escaped: true, Delimiter: null);

    /// <summary>The end of the next line's content; moves <paramref name="length"/> behind its line break.</summary>
    private static int NextLine(ReadOnlySpan<byte> text, ref int length, out bool complete)
    {
        var found = text[length..].IndexOfAny((byte)'\r', (byte)'\n');
        complete = found >= 0;
        if (!complete) return length = text.Length;

        var content = length + found;
        length = content + (text[content] == '\r' && content + 1 < text.Length && text[content + 1] == '\n' ? 2 : 1);
        return content;
    }

    /// <summary>
    /// The cheapest cut of a line into so many cells (0: any number), or null. Worked out from the line's end, over (cell's beginning,
    /// cells still wanted).
    /// </summary>
    private (List<(int Start, int End)> Cells, int Cost)? Cut(ReadOnlySpan<byte> line, int width, byte[] separator)
    {
        var begins = Begins(line, separator);
        var wanted = Math.Max(width, 1);
        if (begins.Count > MostDelimiters || begins.Count < width || (long)begins.Count * wanted > MostWork || _stepsLeft < 0) return null;

        _stepsLeft -= (long)begins.Count * wanted + line.Length;

        // best[b, w]: the cost of cutting the line from beginning b on into w cells; next[b, w]: the beginning after its first cell.
        var last = begins.Count;
        var best = new int[last + 1, wanted + 1];
        var next = new int[last + 1, wanted + 1];
        for (var b = 0; b <= last; b++)
        {
            for (var w = 0; w <= wanted; w++) best[b, w] = int.MaxValue;
        }

        best[last, 0] = 0;
        for (var b = last - 1; b >= 0; b--)
        {
            foreach (var (end, cost) in Readings(line, begins, b, separator.Length))
            {
                for (var w = width == 0 ? 0 : 1; w <= wanted; w++)
                {
                    var rest = best[end, width == 0 ? 0 : w - 1];
                    if (rest == int.MaxValue || rest + cost >= best[b, w]) continue;

                    best[b, w] = rest + cost;
                    next[b, w] = end;
                }
            }
        }

        if (best[0, width] == int.MaxValue) return null;

        var cells = new List<(int, int)>();
        for (int b = 0, w = width; b < last; w = Math.Max(w - 1, 0))
        {
            var end = next[b, w];
            var start = begins[b];
            var stop = end == last ? line.Length : begins[end] - separator.Length;
            var quoted = stop - start >= 2 && line[start] == quote
                && line[stop - 1] == quote && (end > b + 1 || ReadsQuoted(line[start..stop]));
            cells.Add(quoted ? (start + 1, stop - 1) : (start, stop));
            b = end;
        }

        return (cells, best[0, width]);
    }

    /// <summary>The ways to read the cell that begins at a beginning: where the next one begins, and what it costs.</summary>
    private List<(int End, int Cost)> Readings(ReadOnlySpan<byte> line, List<int> begins, int b, int separatorLength)
    {
        var readings = new List<(int, int)>(2);
        var start = begins[b];
        var stop = Stop(line, begins, b + 1, separatorLength);
        var cell = line[start..stop];
        if (cell.IsEmpty || cell[0] != quote)
        {
            readings.Add((b + 1, PlainCost(cell)));
            return readings;
        }

        if (!ReadsQuoted(cell)) readings.Add((b + 1, OpeningCost));

        // All places where the quoted cell may end, with one walk over its inside.
        int at = start + 1, cost = 0;
        for (var end = b + 1; end <= begins.Count; end++)
        {
            stop = Stop(line, begins, end, separatorLength);
            var close = stop - 1;
            if (close <= start || line[close] != quote) continue;

            for (; at < close - 1; at++)
            {
                if (line[at] == backslash || line[at] == quote && line[at + 1] == quote) at++;
                else if (line[at] == quote) cost += IsBoundary(line, at) ? BoundaryCost : InnerCost;
            }

            // The last byte inside, if it is a quote, may yet be one half of a doubled one in a longer cell.
            readings.Add((end, cost + (at == close - 1 && line[at] == quote ? InnerCost : 0)));
        }

        return readings;
    }

    private bool IsBoundary(ReadOnlySpan<byte> line, int at) =>
        line[at - 1] is (byte)'\r' or (byte)'\n' || line[at + 1] is (byte)'\r' or (byte)'\n'
        || line[..at].EndsWith(delimiter) || line[(at + 1)..].StartsWith(delimiter);

    private static int Stop(ReadOnlySpan<byte> line, List<int> begins, int end, int separatorLength) =>
        end == begins.Count ? line.Length : begins[end] - separatorLength;

    private static List<int> Begins(ReadOnlySpan<byte> line, byte[] separator)
    {
        var begins = new List<int> { 0 };
        for (var at = 0; line[at..].IndexOf(separator) is var found and >= 0;)
        {
            at += found + separator.Length;
            begins.Add(at);
        }

        return begins;
    }

    /// <summary>Whether a single cell reads better as quoted: its quotes at both ends belong together.</summary>
    private bool ReadsQuoted(ReadOnlySpan<byte> cell) => cell.Length >= 2 && cell[0] == quote && cell[^1] == quote;

    private int PlainCost(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty || quote < 0) return 0;

        return (cell[^1] == quote ? ClosingCost : 0) + (cell[0] == ' ' && delimiter[^1] != ' ' ? SpaceCost : 0);
    }
}

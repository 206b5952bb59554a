using System.Buffers;
using OpenData.Ingest.Records;
using OpenData.Ingest.Tables;
using OpenData.Ingest.Text;

namespace OpenData.Ingest.Csv;

/// <summary>Finds out how a delimited text is written, by reading its beginning in every way that people write.</summary>
internal static class DialectDetection
{
    public const int SampleBytes = 1 << 18;
    private const int SampleRecords = 2000;

    /// <summary>Delimiters and how much is held in favour of each: the later ones also occur in running text.</summary>
    private static readonly (string Delimiter, double Prior)[] Delimiters =
        [(", ", 1), (",", 1), ("\t", 1), (";", 1), ("||", 1), ("|", 1), ("::", 1), ("^", 1), ("~", 1), (" ", 0.6)];

    /// <summary>
    /// The least share of records between the first and the last of the table that have to have more than one cell: below it the delimiter
    /// belongs to the text of a single column.
    /// </summary>
    private const double LeastDivided = 0.5;

    /// <summary>For delimiters that running text has too, the least share of them that has to have the table's number of cells.</summary>
    private const double LeastConsistent = 0.8;

    /// <summary>Records that break the rules of quoting before a dialect that they make the half of is given up.</summary>
    private const int MostMalformed = 100;

    /// <summary>What it adds to a dialect that every record follows.</summary>
    private const double PerfectBonus = 1.25;

    /// <summary>How much of the score of commas alone is enough for commas with a space.</summary>
    private const double LeastSpaced = 0.7;

    private static readonly (char Quote, char Escape)[] Quotings = [('"', '"'), ('"', '\\'), ('\'', '\''), ('\'', '\\')];

    /// <summary>A backslash has to mend more than a stray one before a quote would.</summary>
    private const double BackslashPrior = 0.98;

    /// <summary>The most convincing dialect, and the number of cells that most records have under it.</summary>
    /// <param name="open">Opens the text.</param>
    /// <param name="declared">The delimiter, if the agency declares it.</param>
    /// <param name="comment">What lines begin with that are comments, if the agency declares it.</param>
    public static (Dialect Dialect, int Width) Detect(Func<Utf8Text> open, string? declared, string? comment)
    {
        var sample = Sample(open);
        if ((comment ?? CommentLines.SignIn(sample.Bytes)) is { } sign)
        {
            var without = (CommentLines.Without(sample.Bytes, sign), sample.Cut);
            var (dialect, width) = Detect(without, declared);
            if (comment is not null || !CommentLines.IsHeading(sample.Bytes, sign, dialect.Delimiter, width))
            {
                return (dialect with { Comment = sign }, width);
            }
        }

        return Detect(sample, declared);
    }

    private static (Dialect Dialect, int Width) Detect((byte[] Bytes, bool Cut) sample, string? declared)
    {
        var best = (Dialect: new Dialect(declared ?? ",", '"', '"'), Width: 1, Score: 0.0, Halves: false);
        var delimiters = declared is null ? Delimiters : [(declared, 1)];
        foreach (var (delimiter, prior) in delimiters)
        {
            if (sample.Bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(delimiter)) < 0) continue;

            // Tabs that only pad the cells beside another delimiter are no delimiter.
            if (delimiter == "\t" && declared is null && PadsCells(sample.Bytes)) continue;

            // Where bars stand in pairs only, no empty cell is between them.
            if (delimiter == "|" && declared is null && OnlyInPairs(sample.Bytes)) continue;

            foreach (var (quote, escape) in Quotings)
            {
                // A quoting that does not occur says nothing that the first one does not say too.
                if ((quote, escape) != Quotings[0] && sample.Bytes.AsSpan().IndexOf((byte)quote) < 0
                    || escape == '\\' && sample.Bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[(byte)'\\', (byte)quote]) < 0)
                {
                    continue;
                }

                var dialect = new Dialect(delimiter, quote, escape);
                var (width, score, halves) = Judge(sample, dialect);
                score *= prior * (escape == '\\' ? BackslashPrior : 1);
                // Where most commas are followed by a space, the others are the exception, however many records a lone comma explains as
                // well.
                if (delimiter == "," && best.Dialect.Delimiter == ", "
                    && !best.Halves && width == best.Width && best.Score > LeastSpaced * score)
                {
                    continue;
                }

                if (score > best.Score + 1e-9) best = (dialect, width, score, halves);
            }
        }

        if (best.Score == 0) best.Width = 1;

        if (best.Dialect is { Quote: '\'', Escape: '\'' } && DoublesOtherQuotes(sample.Bytes))
        {
            best.Dialect = best.Dialect with { Escape = '"' };
        }

        return (best.Dialect, best.Width);
    }

    /// <summary>
    /// Whether nearly all tabs pad the cells of comma-separated lines: each stands at the beginning or end of its line, or beside a
    /// comma or a quote.
    /// </summary>
    private static bool PadsCells(ReadOnlySpan<byte> text)
    {
        int tabs = 0, padding = 0;
        for (var at = 0; text[at..].IndexOf((byte)'\t') is var found and >= 0; at++)
        {
            at += found;
            tabs++;
            var before = at == 0 ? (byte)'\n' : text[at - 1];
            var after = at + 1 == text.Length ? (byte)'\n' : text[at + 1];
            padding += before is (byte)'\n' or (byte)',' or (byte)'"' || after is (byte)'\r' or (byte)'\n' or (byte)',' or (byte)'"'
                ? 1 : 0;
        }

        return tabs > 0 && padding >= 0.9 * tabs && text.Count((byte)',') >= tabs;
    }

    private static bool OnlyInPairs(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf((byte)'|'); at >= 0;)
        {
            var run = text[at..].IndexOfAnyExcept((byte)'|') is var length and >= 0 ? length : text.Length - at;
            if (run != 2) return false;
            var next = text[(at + run)..].IndexOf((byte)'|');
            at = next < 0 ? -1 : at + run + next;
        }

        return true;
    }

    /// <summary>
    /// Whether quotes are doubled though the cells stand in apostrophes: the writer's quote was changed, and its escaping was not.
    /// Any quote that is
    /// not doubled says otherwise.
    /// </summary>
    private static bool DoublesOtherQuotes(ReadOnlySpan<byte> text)
    {
        var found = false;
        while (text.IndexOf((byte)'"') is var at and >= 0)
        {
            var run = text[at..].IndexOfAnyExcept((byte)'"') is var length and >= 0 ? length : text.Length - at;
            if (run % 2 != 0) return false;

            found = true;
            text = text[(at + run)..];
        }

        return found;
    }

    private static (byte[] Bytes, bool Cut) Sample(Func<Utf8Text> open)
    {
        using var text = open();
        var bytes = ArrayPool<byte>.Shared.Rent(SampleBytes);
        var length = 0;
        while (SampleBytes - length >= 4 && text.Read(bytes.AsSpan(length..SampleBytes)) is var read and > 0) length += read;

        var sample = bytes[..length];
        ArrayPool<byte>.Shared.Return(bytes);
        return (sample, SampleBytes - length < 4);
    }

    /// <summary>
    /// How convincing a dialect is: the share of records that have the commonest number of cells, more for more cells, less for each
    /// record that breaks the rules of quoting or differs from the one before, and for cells that look like neither numbers nor words, or
    /// like the halves of a quoted one; and whether there are such halves.
    /// </summary>
    private static (int Width, double Score, bool Halves) Judge((byte[] Bytes, bool Cut) sample, Dialect dialect)
    {
        var reading = Reading.Of(sample, dialect);
        var counts = reading.Counts;

        // Of two tables in a file, the first one's number counts; lines of one cell are titles and notes.
        var commonest = counts.Where(count => count > 1).GroupBy(count => count).MaxBy(group => group.Count());
        if (commonest is null) return (1, 0, false);

        // Among words, spaces also stand where no cell ends: where no record has fewer cells than the first one, that is the header.
        var headed = dialect.Delimiter == " " && counts[0] > 1 && counts.TrueForAll(count => count >= counts[0]);
        if (!headed && !IsTable(counts, commonest.Key, commonest.Count(), dialect.Delimiter)) return (1, 0, false);

        var consistent = (double)commonest.Count() / counts.Count;
        // Of tables of several widths in a file, each is steady by itself; running text is not.
        var steady = counts.Count == 1
            ? 1
            : (double)counts.Zip(counts.Skip(1)).Count(pair => pair.First == pair.Second) / (counts.Count - 1);
        var rows = consistent * (0.5 + 0.5 * steady) * (consistent == 1 ? PerfectBonus : 1)
            * (1 - Math.Min(0.7, (double)reading.Malformed / counts.Count));
        var cells = (1 - 0.5 * reading.LeftQuoted / reading.Cells)
            * (1 - 0.5 * reading.WithTab / reading.Cells) * (0.7 + 0.3 * reading.Plain / reading.Cells);
        return (headed ? counts[0] : commonest.Key, rows * cells * Math.Log2(commonest.Key + 1), reading.LeftQuoted > 0);
    }

    /// <summary>
    /// Whether the records that have this number of cells are the rows of a table, and not lines of text that happen to hold a delimiter.
    /// </summary>
    private static bool IsTable(List<int> counts, int width, int rows, string delimiter)
    {
        var (first, last) = (counts.IndexOf(width), counts.LastIndexOf(width));
        var between = counts.GetRange(first, last + 1 - first);
        if (between.Count(count => count > 1) < LeastDivided * between.Count) return false;

        if (rows == 1 && last + 1 < counts.Count && counts.TrueForAll(count => count == 1 || count == width)) return false;

        return delimiter switch
        {
            // Of two words a line, the first line would be a heading of two.
            " " => rows >= LeastConsistent * between.Count && rows * 2 > counts.Count && (width > 2 || counts[0] == width),
            "^" or "~" => rows >= LeastDivided * between.Count && rows * 2 > counts.Count,
            _ => true,
        };
    }

    /// <summary>What the beginning of a file looks like under a dialect.</summary>
    private sealed class Reading
    {
        /// <summary>Cells of each record that is not blank.</summary>
        public List<int> Counts { get; } = [];

        /// <summary>Records that break the rules of quoting.</summary>
        public int Malformed { get; private set; }

        /// <summary>
        /// All cells; of them those that hold numbers or nothing, a quotation mark that belongs to another cell, and a tab.
        /// </summary>
        public double Cells { get; private set; }

        /// <inheritdoc cref="Cells"/>
        public double Plain { get; private set; }

        /// <inheritdoc cref="Cells"/>
        public double LeftQuoted { get; private set; }

        /// <inheritdoc cref="Cells"/>
        public double WithTab { get; private set; }

        public static Reading Of((byte[] Bytes, bool Cut) sample, Dialect dialect)
        {
            var reading = new Reading();
            using var text = new Utf8Text(new MemoryStream(sample.Bytes), TextEncoding.Utf8, guessed: false, new ProblemLog());
            using var reader = new CsvReader(text, dialect, width: 0, new ProblemLog());
            while (reading.Counts.Count < SampleRecords && !reading.IsHopeless && reader.Read())
            {
                if (reader.Count > 1 || !reader.Cell(0).IsEmpty) reading.Add(reader, emptyIsPlain: dialect.Delimiter != " ");
            }

            if (sample.Cut && reading.Counts.Count > 1) reading.Counts.RemoveAt(reading.Counts.Count - 1);

            return reading;
        }

        private bool IsHopeless => Malformed >= MostMalformed && Malformed * 2 >= Counts.Count;

        private void Add(CsvReader record, bool emptyIsPlain)
        {
            Counts.Add(record.Count);
            Cells += record.Count;
            Malformed += record.Malformed ? 1 : 0;
            for (var i = 0; i < record.Count; i++)
            {
                var cell = record.Cell(i);
                Plain += CellKinds.IsNumeric(cell) || emptyIsPlain && cell.IsEmpty ? 1 : 0;
                LeftQuoted += cell.Length > 1 && (cell[0] is (byte)'"' or (byte)'\'' || cell[^1] is (byte)'"') ? 1 : 0;
                WithTab += cell.Contains((byte)'\t') ? 1 : 0;
            }
        }
    }
}

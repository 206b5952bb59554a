using OpenData.Ingest.Text;

namespace OpenData.Ingest.Csv;

/// <summary>Finds out how a delimited text is written, by reading its beginning in every way that people write.</summary>
internal static class DialectDetection
{
    private const int SampleBytes = 1 << 18;
    private const int SampleRecords = 2000;

    /// <summary>Delimiters and how much is held in favour of each: the later ones also occur in running text.</summary>
    private static readonly (string Delimiter, double Prior)[] Delimiters =
        [(", ", 1), (",", 1), ("\t", 1), (";", 1), ("|", 1), ("^", 1), ("~", 1), (" ", 0.6), (":", 0.3)];

    private static readonly (char Quote, char Escape)[] Quotings = [('"', '"'), ('"', '\\'), ('\'', '\''), ('\'', '\\')];

    /// <summary>A backslash has to mend more than a stray one before a quote would.</summary>
    private const double BackslashPrior = 0.98;

    /// <summary>The most convincing dialect, and the number of cells that most records have under it.</summary>
    /// <param name="open">Opens the text.</param>
    /// <param name="declared">The delimiter, if the agency declares it.</param>
    public static (Dialect Dialect, int Width) Detect(Func<Utf8Text> open, string? declared)
    {
        var sample = Sample(open);
        var best = (Dialect: new Dialect(declared ?? ",", '"', '"'), Width: 1, Score: 0.0);
        var delimiters = declared is null ? Delimiters : [(declared, 1)];
        foreach (var (delimiter, prior) in delimiters)
        {
            if (sample.Bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(delimiter)) < 0)
                continue;

            foreach (var (quote, escape) in Quotings)
            {
                // A quoting that does not occur says nothing that the first one does not say too.
                if ((quote, escape) != Quotings[0] && sample.Bytes.AsSpan().IndexOf((byte)quote) < 0 || escape == '\\' && sample.Bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[(byte)'\\', (byte)quote]) < 0)
                    continue;

                var dialect = new Dialect(delimiter, quote, escape);
                var (width, score) = Judge(sample, dialect);
                score *= prior * (escape == '\\' ? BackslashPrior : 1);
                if (score > best.Score + 1e-9)
                    best = (dialect, width, score);
            }
        }

        if (best.Score == 0)
            best.Width = 1;

        if (best.Dialect is { Quote: '\'', Escape: '\'' } && DoublesOtherQuotes(sample.Bytes))
            best.Dialect = best.Dialect with { Escape = '"' };

        return (best.Dialect, best.Width);
    }

    /// <summary>
    /// Whether quotes are doubled though the cells stand in apostrophes: the writer's quote was changed, and its escaping was not. Any quote that is
    /// not doubled says otherwise.
    /// </summary>
    private static bool DoublesOtherQuotes(ReadOnlySpan<byte> text)
    {
        var found = false;
        while (text.IndexOf((byte)'"') is var at and >= 0)
        {
            var run = text[at..].IndexOfAnyExcept((byte)'"') is var length and >= 0 ? length : text.Length - at;
            if (run % 2 != 0)
                return false;

            found = true;
            text = text[(at + run)..];
        }

        return found;
    }

    private static (byte[] Bytes, bool Cut) Sample(Func<Utf8Text> open)
    {
        using var text = open();
        var bytes = new byte[SampleBytes];
        var length = 0;
        while (bytes.Length - length >= 4 && text.Read(bytes.AsSpan(length)) is var read and > 0)
            length += read;

        return (bytes[..length], bytes.Length - length < 4);
    }

    /// <summary>
    /// How convincing a dialect is: the share of records that have the commonest number of cells, more for more cells, less for each
    /// record that breaks the rules of quoting, and for cells that look like neither numbers nor words, or like the halves of a quoted one.
    /// </summary>
    private static (int Width, double Score) Judge((byte[] Bytes, bool Cut) sample, Dialect dialect)
    {
        using var text = new Utf8Text(new MemoryStream(sample.Bytes), TextEncoding.Utf8, guessed: false, new ProblemLog());
        using var reader = new CsvReader(text, dialect, CsvReader.Measuring, new ProblemLog());
        var records = new List<(int Count, bool Malformed)>();
        long cells = 0, plain = 0, leftQuoted = 0;
        while (records.Count < SampleRecords && reader.Read())
        {
            if (reader.Count == 1 && reader.Cell(0).IsEmpty)
                continue;

            records.Add((reader.Count, reader.Malformed));
            for (var i = 0; i < reader.Count; i++)
            {
                var cell = reader.Cell(i);
                cells++;
                plain += CellKinds.IsNumeric(cell) || cell.IsEmpty ? 1 : 0;
                leftQuoted += cell.Length > 1 && (cell[0] is (byte)'"' or (byte)'\'' || cell[^1] is (byte)'"') ? 1 : 0;
            }
        }

        if (sample.Cut && records.Count > 1)
            records.RemoveAt(records.Count - 1);

        if (records.Count == 0)
            return (1, 0);

        // Of two tables in a file, the first one's number counts; lines of one cell are titles and notes.
        var commonest = records.Where(record => record.Count > 1).GroupBy(record => record.Count).MaxBy(group => group.Count());
        if (commonest is null)
            return (1, 0);

        // Among words, spaces also stand where no cell ends: where no record has fewer cells than the first one, that is the header.
        var width = dialect.Delimiter == " " && records[0].Count > 1 && records.All(record => record.Count >= records[0].Count) ? records[0].Count : commonest.Key;
        var consistent = (double)commonest.Count() / records.Count;
        var malformed = (double)records.Count(record => record.Malformed) / records.Count;
        return (width, consistent * Math.Log2(commonest.Key + 1) * (1 - Math.Min(0.7, malformed)) * (1 - 0.5 * leftQuoted / cells) * (0.7 + 0.3 * plain / cells));
    }
}

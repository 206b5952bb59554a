using System.Text;
using OpenData.Catalog;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Tables;

/// <summary>Finds the header among the first records: the rows that are unlike the columns below them.</summary>
internal static class TableDetection
{
    private const int SampleRecords = 500, MostHeaderRows = 5;

    /// <summary>Finds the table; its labels are none if the file holds nothing.</summary>
    /// <param name="source">The file.</param>
    /// <param name="width">The number of cells that most records have; 0 if that is not known yet.</param>
    /// <param name="declaration">What the agency declares.</param>
    public static TableLayout Detect(RecordSource source, int width, IngestDeclaration? declaration = null)
    {
        var sample = Sample(source);
        if (declaration is not { SkipRows: > 0 and var skipped } || source.Labels is not null)
        {
            return Detect(source, sample, width, declaration);
        }

        var rows = sample.FindIndex(row => row.Line > skipped) is >= 0 and var found ? found : sample.Count;
        var table = Detect(source, sample[rows..], width, declaration);
        return table with
        {
            RecordsBefore = table.RecordsBefore + rows,
            Preamble = [.. sample.Take(rows).Where(row => row.Filled > 0), .. table.Preamble],
        };
    }

    private static TableLayout Detect(RecordSource source, List<SampleRow> sample, int width, IngestDeclaration? declaration)
    {
        var declaredHeader = declaration?.HeaderRow ?? (declaration?.HeaderRows is not null ? FirstRow(sample) : null);
        if (source.Labels is { } labels)
            return new TableLayout(labels, HasHeader: true, null, labels.Count, 0, KindsBelow(sample, 0, labels.Count), ShapesBelow(sample, 0, labels.Count), []);

        if (sample.All(row => row.Filled == 0)) return new TableLayout([], HasHeader: false, null, 0, 0, [], [], []);

        if (width == 0)
            width = sample.Where(row => row.Filled > 0).GroupBy(row => row.Cells.Length).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key).First().Key;

        // A spreadsheet may drag empty columns along: they say nothing about where the header is.
        var used = Enumerable.Range(0, width).Count(i => sample.Any(row => row.Cells.Length == width && row.Kind(i) != CellKind.Empty));
        var first = declaredHeader is { } line
            ? sample.FindIndex(row => row.Line >= line)
            : sample.FindIndex(row => row.Filled * 2 > used && (row.Cells.Length > 1 || width == 1));
        if (first < 0) first = sample.FindIndex(row => row.Filled > 0);

        // A title may have as many words as the table has columns: then the header follows.
        if (declaredHeader is null && sample[first].MayBeSentence && sample.FindIndex(first + 1, row => row.Filled > 0) is >= 0 and var next
            && sample[next].Cells.Length == width && IsHeader(sample, next, width))
        {
            first = next;
        }

        // More rows of three cells above it than any header has are a table of their own, though a narrow one: it is the first.
        var narrow = declaredHeader is null ? sample.FindIndex(row => row.Filled >= 3) : -1;
        if (narrow >= 0 && narrow < first && sample.Take(first).Count(row => row.Filled >= 3) > MostHeaderRows) first = narrow;

        var leastRows = 1;
        if (declaredHeader is null)
        {
            (first, leastRows) = BelowOtherWords(sample, first, width);
            if (leastRows == 1) (first, leastRows) = AtHeader(sample, first, width);
        }

        var preamble = sample.Take(first).Where(row => row.Filled > 0).ToList();
        var headerRows = declaration?.HeaderRows is { } rows ? Math.Min(rows, sample.Count - first)
            : declaredHeader is null ? CountHeaderRows(sample, first, leastRows, width) : 1;
        var kinds = KindsBelow(sample, first + headerRows, width);
        if (headerRows == 0)
        {
            var made = Enumerable.Range(1, width).Select(i => $"column_{i}").ToArray();
            return new TableLayout(made, HasHeader: false, null, width, first, kinds, ShapesBelow(sample, first, width), preamble);
        }

        var header = LabelsOf([.. sample.GetRange(first, headerRows).Where((row, i) => i == 0 || !IsOfWidths(row))], width);
        var valueHeadings = Enumerable.Range(first, headerRows).Max(row => HeaderEvidence.ValueHeadings(sample, row, first + headerRows, width));
        var below = first + headerRows;
        return new TableLayout(
            header, HasHeader: true, sample[first].Line, sample.GetRange(first, headerRows).Max(row => row.Cells.Length), below,
            KindsBelow(sample, below, header.Count), ShapesBelow(sample, below, header.Count), preamble)
        {
            HeaderRows = headerRows,
            ValueHeadings = valueHeadings,
        };
    }

    private static int? FirstRow(List<SampleRow> sample)
    {
        var widest = sample.Select(row => row.Filled).DefaultIfEmpty(0).Max();
        return sample.FirstOrDefault(row => row.Filled > 0 && row.Filled * 2 >= widest) is { } first ? (int)first.Line : null;
    }

    /// <summary>
    /// Moves from the first record that may be the header up to headings that span several of its columns, where its own are missing or not unique; or
    /// down over a longer line that happens to hold delimiters, where the next record is as long as the table and reads as its header.
    /// </summary>
    private static (int First, int LeastRows) AtHeader(List<SampleRow> sample, int first, int width)
    {
        var row = sample[first];
        if (first > 0 && row.Cells.Length == width && IsHeader(sample, first, width) && row.Cells.Select(Encoding.UTF8.GetString).Distinct().Count() < width
            && DividesHeadings(sample, first - 1, first))
        {
            return (first - 1, 2);
        }

        // Headings above some of the columns only, one of them where the row below has none.
        if (first > 0 && AreWords(row, width) && AreWords(sample[first - 1], width) && HeadsGroups(sample[first - 1], row))
        {
            return (first - 1, 2);
        }

        for (var above = first - 1; above >= 0 && above > first - MostHeaderRows && AreWords(sample[above], width); above--)
        {
            if (Completes(sample[above], row) && AreWords(row, width)) return (above, first - above + 1);
        }


        var headed = row.Cells.Length > width && first + 1 < sample.Count && sample[first + 1] is var next && next.Cells.Length == width && next.Filled == width
            && !Enumerable.Range(0, width).Any(i => next.Kind(i) != CellKind.Text) && KindsBelow(sample, first + 2, width).Contains(CellKind.Numeric);
        return (headed ? first + 1 : first, 1);
    }

    /// <summary>
    /// Goes down from a row that reads as a header to a later one that reads as a better one: words above all columns of numbers, where
    /// rows between the two have words there as well, so that the first one heads nothing but them. Where all of them are words below a
    /// heading for every column, they are one header.
    /// </summary>
    private static (int First, int LeastRows) BelowOtherWords(List<SampleRow> sample, int first, int width)
    {
        if (!IsHeader(sample, first, width)) return (first, 1);
        for (var at = Math.Min(first + MostHeaderRows, sample.Count - 3); at > first + 1; at--)
        {
            var kinds = KindsBelow(sample, at + 1, width);
            var numeric = Enumerable.Range(0, width).Where(i => kinds[i] == CellKind.Numeric).ToList();
            if (numeric.Count < 2 || sample[at].Cells.Length != width || sample[at].Filled * 5 < width * 4) continue;
            if (!numeric.TrueForAll(i => sample[at].Kind(i) == CellKind.Text) || ContinuesHeader(sample, first, first + 1, width)) continue;
            var between = sample.GetRange(first + 1, at - first - 1);
            if (between.TrueForAll(row => row.Filled == 0) || !between.TrueForAll(row => row.Filled == 0 || IsOther(row))) continue;
            return sample[first].Filled == width && between.TrueForAll(row => AreWords(row, width)) ? (first, at - first + 1) : (at, 1);

            bool IsOther(SampleRow row) =>
                numeric.Exists(i => row.Kind(i) == CellKind.Text && !CellKinds.IsMissingWord(row.Cells[i])) || row.Filled * 2 < width;
        }

        return (first, 1);
    }

    /// <summary>Whether a row has words where the row below it has nothing.</summary>
    private static bool Completes(SampleRow above, SampleRow row) =>
        Enumerable.Range(0, row.Cells.Length).Count(i => above.Kind(i) == CellKind.Text && row.Kind(i) == CellKind.Empty) >= 2;

    /// <summary>Whether the cells of a row head columns of the row below, and are no notes above the table.</summary>
    private static bool HeadsGroups(SampleRow above, SampleRow row)
    {
        var heads = Enumerable.Range(0, above.Cells.Length).Where(i => above.Kind(i) != CellKind.Empty).ToList();
        if (heads.Count < 2 || heads.Exists(IsNote)) return false;
        return above.Kind(0) == CellKind.Empty ? row.Filled == row.Cells.Length : row.Kind(0) == CellKind.Empty;

        bool IsNote(int i) => above.Text(i).Contains(':', StringComparison.Ordinal) || CellKinds.BeginsLikeNote(above.Cells[i]);
    }

    private static bool AreWords(SampleRow row, int width) =>
        row.Cells.Length == width && row.Filled > 0 && !Enumerable.Range(0, width).Any(i => row.Kind(i) == CellKind.Numeric);

    private static List<SampleRow> Sample(RecordSource source)
    {
        var sample = new List<SampleRow>();
        using var reader = source.Open(new ProblemLog());
        var (cellsLeft, bytesLeft) = (TableLimits.SampleCells, TableLimits.SampleBytes);
        while (sample.Count < SampleRecords && cellsLeft > 0 && bytesLeft > 0 && reader.Read())
        {
            if (reader.Count > TableLimits.Columns) throw TableLimits.TooManyColumns(reader.Count, reader.Line);

            var cells = new byte[reader.Count][];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = reader.Cell(i).ToArray();
                bytesLeft -= cells[i].Length;
            }

            cellsLeft -= cells.Length;
            sample.Add(new SampleRow(cells, reader.Line, reader.MayBeSentence));
        }

        return source.EndsWithLastCell ? Padded(sample) : sample;
    }

    /// <summary>The records with the empty cells at their ends that are not in the file, so that they are as long as the longest two.</summary>
    private static List<SampleRow> Padded(List<SampleRow> sample)
    {
        var lengths = sample.Select(row => row.Cells.Length).OrderDescending().Take(2).ToList();
        return lengths is [.., var width] ? [.. sample.Select(row => row.Cells.Length >= width ? row : row with { Cells = [.. row.Cells, .. Enumerable.Repeat<byte[]>([], width - row.Cells.Length)] })] : sample;
    }

    private static int CountHeaderRows(List<SampleRow> sample, int first, int leastRows, int width)
    {
        // The largest block of rows that are all headings of what is below the block.
        var rows = leastRows;
        if (leastRows == 1 && !IsHeader(sample, first, width))
        {
            rows = 0;
            for (var count = 2; count < MostHeaderRows && first + count < sample.Count && sample[first + count - 1].Filled > 0; count++)
            {
                if (IsBlock(sample, first, count, width)) return count;
            }

            return rows;
        }

        // A blank record may stand between the rows of a header.
        if (rows == 1 && first + 2 < sample.Count && sample[first + 1].Filled == 0 && DividesHeadings(sample, first, first + 2)) rows = 3;
        while (rows < MostHeaderRows && first + rows + 1 < sample.Count && ContinuesHeader(sample, first, first + rows, width)) rows++;
        return rows;
    }

    private static bool IsHeader(List<SampleRow> sample, int at, int width) => HeaderEvidence.Of(sample, at, at + 1, width).IsHeader;

    /// <summary>Whether so many rows are headings of the rows below them, each under a key's label that is repeated.</summary>
    private static bool IsBlock(List<SampleRow> sample, int first, int count, int width)
    {
        for (var row = first; row < first + count; row++)
        {
            if (sample[row].Cells.Length != width) return false;
            if (HeaderEvidence.Of(sample, row, first + count, width) is not { Unlike: > 0, Alike: 0 }) return false;
            if (row > first && !(RepeatsKey(sample[first], sample[row]) || DividesHeadings(sample, row - 1, row))) return false;
        }

        return true;
    }

    /// <summary>Whether a row has the words of the row above it in its first filled column, and divides headings that stand there more than once.</summary>
    private static bool RepeatsKey(SampleRow above, SampleRow row)
    {
        var width = Math.Min(above.Cells.Length, row.Cells.Length);
        var key = Enumerable.Range(0, width).FirstOrDefault(i => row.Kind(i) != CellKind.Empty, -1);
        if (key < 0 || row.Kind(key) != CellKind.Text || row.Text(key) != above.Text(key)) return false;
        var repeated = Enumerable.Range(1, Math.Max(0, width - 1)).Count(i => above.Kind(i) != CellKind.Empty && above.Text(i) == above.Text(i - 1));
        return repeated > 0 && Enumerable.Range(0, width).Select(i => (above.Text(i), row.Text(i))).Distinct().Count()
            > Enumerable.Range(0, width).Select(above.Text).Distinct().Count();
    }

    /// <summary>Whether a row below a header row still belongs to the header: repeated, dividing its headings, or words above columns of numbers.</summary>
    private static bool ContinuesHeader(List<SampleRow> sample, int first, int at, int width)
    {
        var row = sample[at];
        if (row.Cells.Length != width) return false;
        if (SameRow(row, sample[first]) || DividesHeadings(sample, at - 1, at)) return true;

        var evidence = HeaderEvidence.Of(sample, at, at + 1, width);
        if (evidence.Alike > 0 || evidence.Missing > 0) return false;
        return RepeatsKey(sample[at - 1], row) || evidence.Unlike >= 2 && evidence.Unlike * 2 > evidence.Numeric;
    }

    /// <summary>
    /// Whether a row has the words that divide those headings of the row above it which span several columns: each of them under such a heading or to
    /// the right of it, and none of them missing.
    /// </summary>
    private static bool DividesHeadings(List<SampleRow> sample, int above, int at)
    {
        var (heads, row) = (sample[above], sample[at]);
        var width = heads.Cells.Length;
        if (row.Cells.Length != width || heads.Kind(0) == CellKind.Empty) return false;

        var divided = 0;
        var kinds = KindsBelow(sample, at + 1, width);
        for (var i = 0; i < width; i++)
        {
            var isDivision = heads.Kind(i) == CellKind.Empty;
            var spans = i + 1 < width && heads.Kind(i + 1) == CellKind.Empty;
            if (heads.Kind(i) == CellKind.Numeric || row.Kind(i) == CellKind.Numeric) return false;

            if (isDivision && row.Kind(i) == CellKind.Empty || !isDivision && !spans && row.Kind(i) != CellKind.Empty) return false;

            // A single word above words may be a row whose heading is missing.
            divided += !isDivision ? 0 : kinds[i] == CellKind.Numeric ? 2 : 1;
        }

        return divided >= 2;
    }

    internal static bool SameRow(SampleRow row, SampleRow other) =>
        row.Cells.Length == other.Cells.Length && row.Cells.Zip(other.Cells).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    /// <summary>
    /// What most cells of each column are, from a record on. Where every record is longer than the table, the columns are counted from the left up to
    /// one of them, and from the right behind it, so that they are as uniform as can be.
    /// </summary>
    internal static CellKind[] KindsBelow(List<SampleRow> sample, int from, int width)
    {
        var rows = sample.Skip(from).Where(row => row.Cells.Length == width && !row.MayBeSentence).ToList();
        if (rows.Count > 0) return [.. Enumerable.Range(0, width).Select(i => KindOf(rows.Select(row => (row, i))).Kind)];

        var longer = sample.Skip(from).Where(row => row.Cells.Length > width).ToList();
        if (longer.Count == 0) return new CellKind[width];

        var left = Enumerable.Range(0, width).Select(i => KindOf(longer.Select(row => (row, i)))).ToArray();
        var right = Enumerable.Range(0, width).Select(i => KindOf(longer.Select(row => (row, row.Cells.Length - width + i)))).ToArray();
        var turn = Enumerable.Range(0, width + 1).MaxBy(turn => left[..turn].Sum(column => column.Share) + right[turn..].Sum(column => column.Share));
        return [.. left[..turn].Concat(right[turn..]).Select(column => column.Kind)];
    }

    private static CellShape?[] ShapesBelow(List<SampleRow> sample, int from, int width)
    {
        var rows = sample.Skip(from).Where(row => row.Cells.Length == width && !row.MayBeSentence).ToList();
        return [.. Enumerable.Range(0, width).Select(i => CellShape.Of([.. rows.Select(row => row.Cells[i])]))];
    }

    /// <summary>What most of these cells are, and the share of the most frequent kind among them.</summary>
    private static (CellKind Kind, double Share) KindOf(IEnumerable<(SampleRow Row, int Cell)> cells)
    {
        int numeric = 0, text = 0, empty = 0;
        foreach (var (row, i) in cells)
        {
            switch (row.Kind(i))
            {
                case CellKind.Numeric:
                    numeric++;
                    break;
                case CellKind.Text when !CellKinds.IsMissingWord(row.Cells[i]):
                    text++;
                    break;
                default:
                    empty++;
                    break;
            }
        }

        var kind = numeric + text == 0 ? CellKind.Empty : numeric >= 4 * text ? CellKind.Numeric : CellKind.Text;
        return (kind, Math.Max(numeric, Math.Max(text, empty)) / (double)Math.Max(1, numeric + text + empty));
    }

    /// <summary>
    /// Whether a row says under each heading how wide its column is and of which kind, as in <c>5s</c> and <c>12n</c> (USGS RDB).
    /// </summary>
    private static bool IsOfWidths(SampleRow row) =>
        row.Cells.Length > 1 && row.Cells.All(cell => cell.Length is >= 2 and <= 4 && cell[^1] is (byte)'s' or (byte)'n' or (byte)'d'
            && cell.AsSpan(0, cell.Length - 1).IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0);

    /// <summary>Joins the rows of a header. A heading that spans several columns stands in the first of them only, and counts for all.</summary>
    private static List<string> LabelsOf(List<SampleRow> rows, int width)
    {
        var labels = new List<string>();

        // A label that a column has in several rows is written once; rows that are the same throughout are joined as the Pollock benchmark defines it.
        var doubled = rows.Count > 1 && rows.Skip(1).All(row => SameRow(row, rows[0]));
        var count = Math.Max(width, rows.Max(row => row.Cells.Length));
        for (var i = 0; i < count; i++)
        {
            var parts = new List<string>();
            for (var r = 0; r < rows.Count; r++)
            {
                var part = rows[r].Text(i);
                if (part.Length == 0 && r < rows.Count - 1 && rows[^1].Text(i).Length > 0)
                    part = Enumerable.Range(0, i).Reverse().Select(rows[r].Text).FirstOrDefault(text => text.Length > 0) ?? "";

                if (part.Length > 0 && (doubled || !parts.Contains(part))) parts.Add(part);
            }

            labels.Add(string.Join(' ', parts));
        }

        if (rows is [{ Cells.Length: var found }] && found == width - 1) DivideAtQuote(labels);

        // A stray delimiter in the header: an empty heading more than there are columns.
        for (var i = 0; labels.Count > width && i < labels.Count;)
        {
            if (labels[i].Length == 0)
                labels.RemoveAt(i);
            else
                i++;
        }

        return labels;
    }

    /// <summary>Puts two quoted headings apart again between which the delimiter is missing; the last heading then is not missing any more.</summary>
    private static void DivideAtQuote(List<string> labels)
    {
        for (var i = 0; i < labels.Count; i++)
        {
            if (labels[i].Split('"', StringSplitOptions.RemoveEmptyEntries) is not [var left, var right]) continue;

            labels[i] = left;
            labels.Insert(i + 1, right);
            labels.RemoveAt(labels.Count - 1);
            return;
        }
    }
}

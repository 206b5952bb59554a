using System.Text.RegularExpressions;
using OpenData.Ingest.Records;
using OpenData.Ingest.Tables;

namespace OpenData.Ingest.Workbooks;

/// <summary>
/// What speaks for a sheet holding the data: columns of numbers or dates below a header weigh most, further rows less and less; pairs of
/// words, running numbers, long texts and a name such as Notes speak for a cover, a table of contents or a page of notes.
/// </summary>
/// <param name="Weight">The evidence; 0 for a sheet without values.</param>
/// <param name="Numeric">Columns of numbers or dates that are no running numbers.</param>
/// <param name="Rows">Rows below the header, as far as they were counted.</param>
/// <param name="Columns">Columns of the table.</param>
internal sealed partial record SheetEvidence(double Weight, int Numeric, long Rows, int Columns)
{
    private const int SampleRows = 500, MostCounted = 5_000, LongText = 60;

    /// <summary>
    /// How much a column of words or of codes weighs beside one of numbers, and what a long text or a telling name leaves.
    /// </summary>
    private const double Word = 0.3, Code = 0.5, Long = 0.1, NamedNotes = 0.2, WithoutHeader = 0.7, Pair = 0.5;

    /// <summary>Weighs a sheet.</summary>
    public static SheetEvidence Of(SheetBook book, int sheet)
    {
        var source = new SheetSource(book, sheet, range: null);
        var table = TableDetection.Detect(source, width: 0);
        if (table.Width == 0) return new SheetEvidence(0, 0, 0, 0);

        using var reader = source.Open(new ProblemLog());
        for (var i = 0; i < table.RecordsBefore; i++) reader.Read();
        var columns = Enumerable.Range(0, table.Width).Select(_ => new Column()).ToArray();
        long rows = 0;
        while (rows < MostCounted && reader.Read())
        {
            var filled = 0;
            for (var i = 0; i < Math.Min(reader.Count, table.Width); i++)
            {
                if (reader.IsAbsent(i)) continue;
                filled++;
                if (rows < SampleRows) columns[i].Add(reader.Cell(i));
            }

            if (filled * 2 >= Math.Min(table.Width, 4)) rows++;
        }

        var (weight, numeric) = (0.0, 0);
        for (var i = 0; i < table.Width; i++)
        {
            if (columns[i].Values == 0) continue;
            if (table.Kinds[i] != CellKind.Numeric)
            {
                weight += columns[i].MeanLength > LongText ? Long : Word;
            }
            else if (columns[i].IsRunning)
            {
                weight += Word;
            }
            else
            {
                weight += i == 0 && columns[i].IsCode ? Code : 1;
                numeric++;
            }
        }

        weight *= Math.Log2(1 + rows) * (table.HasHeader ? 1 : WithoutHeader) * (table.Width <= 2 && numeric == 0 ? Pair : 1)
            * (NotesName().IsMatch(book.Sheets[sheet].Name) ? NamedNotes : 1);
        return new SheetEvidence(Math.Max(weight, 0.01), numeric, rows, table.Width);
    }

    /// <summary>Whether the sheet is a table of data as much as another one is.</summary>
    public bool IsRivalOf(SheetEvidence best) => Weight >= 0.6 * best.Weight && Numeric * 2 >= best.Numeric && Rows >= 2;

    [GeneratedRegex(
        "^[^a-z가-힣]*(표지|목차|차례|메타|용어|설명|주석|참고|유의|안내|일러두기|작성|개요|코드|변경|이력|cover|title|contents|index|toc"
        + "|notes?|read ?me|info|about|meta|definition|glossary|dictionary|variable|description|documentation|legend|lookup|codes?|guid"
        + "|intro|background|contact|change|version)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotesName();

    /// <summary>What is seen of a column.</summary>
    private sealed class Column
    {
        private readonly HashSet<string> _distinct = new(StringComparer.Ordinal);
        private long _length, _steps, _last = long.MinValue;
        private int _whole;

        public int Values { get; private set; }

        public double MeanLength => Values == 0 ? 0 : (double)_length / Values;

        /// <summary>Whether nearly all values follow the one before.</summary>
        public bool IsRunning => Values >= 2 && _steps >= 0.9 * (Values - 1);

        /// <summary>Whether the values are whole numbers, each but once.</summary>
        public bool IsCode => Values >= 2 && _whole == Values && _distinct.Count == Values;

        public void Add(ReadOnlySpan<byte> cell)
        {
            Values++;
            _length += cell.Length;
            _distinct.Add(System.Text.Encoding.UTF8.GetString(cell));
            if (!long.TryParse(cell, out var number)) return;
            _whole++;
            if (_last != long.MinValue && number == _last + 1) _steps++;
            _last = number;
        }
    }
}

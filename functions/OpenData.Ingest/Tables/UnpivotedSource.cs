using OpenData.Catalog;
using OpenData.Ingest.Records;
using OpenData.Lake;

namespace OpenData.Ingest.Tables;

/// <summary>A wide table as a long one: each cell under a heading that is a value becomes a row of its own.</summary>
internal sealed class UnpivotedSource : RecordSource
{
    private readonly RecordSource _records;
    private readonly TableLayout _table;
    private readonly List<int> _kept, _columns;
    private readonly byte[][] _headings;

    /// <summary>Plans the rows.</summary>
    /// <param name="records">The file; not disposed with this.</param>
    /// <param name="table">Its table.</param>
    /// <param name="unpivot">What is declared.</param>
    /// <exception cref="UnreadableSourceException">The table has no such columns.</exception>
    public UnpivotedSource(RecordSource records, TableLayout table, UnpivotDeclaration unpivot)
    {
        (_records, _table) = (records, table);
        var missing = unpivot.Columns.FirstOrDefault(wanted => !table.Labels.Any(label => Matches(wanted, label)));
        if (missing is not null)
        {
            throw new UnreadableSourceException(new Problem(
                "unpivot-column-missing", Severity.Error, $"The table has no column '{missing}', which 'unpivot' in dataset.json names.",
                "Correct 'ingest.unpivot.columns'; the columns are "
                + $"{string.Join(", ", table.Labels.Take(20).Select(label => $"'{label}'"))}."));
        }

        _columns = [.. Enumerable.Range(0, table.Width).Where(i => unpivot.Columns.Any(wanted => Matches(wanted, table.Labels[i])))];
        _kept = [.. Enumerable.Range(0, table.Width).Except(_columns)];
        _headings = [.. _columns.Select(i => System.Text.Encoding.UTF8.GetBytes(table.Labels[i]))];
        Labels = [.. _kept.Select(i => table.Labels[i]), unpivot.Name, unpivot.Value];
    }

    /// <inheritdoc/>
    public override string Format => _records.Format;

    /// <inheritdoc/>
    public override string? Encoding => _records.Encoding;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Labels { get; }

    /// <inheritdoc/>
    public override bool TakeNews() => _records.TakeNews();

    /// <inheritdoc/>
    public override RecordReader Open(ProblemLog problems) => new Reader(this, new TableRows(_records, _table, problems));

    private static bool Matches(string wanted, string label) =>
        wanted == label || wanted is [.. var beginning, '*'] && label.StartsWith(beginning, StringComparison.Ordinal);

    private sealed class Reader(UnpivotedSource source, TableRows rows) : RecordReader
    {
        private int _column = int.MaxValue - 1;

        public override int Count => source.Labels.Count;

        public override long Line => rows.Line;

        public override long ByteOffset => rows.ByteOffset;

        public override ReadOnlySpan<byte> Cell(int index) =>
            index < source._kept.Count ? rows.Cell(source._kept[index])
            : index == source._kept.Count ? source._headings[_column] : rows.Cell(source._columns[_column]);

        public override bool IsAbsent(int index) =>
            index < source._kept.Count ? rows.IsAbsent(source._kept[index])
            : index > source._kept.Count && rows.IsAbsent(source._columns[_column]);

        public override bool Read()
        {
            if (++_column < source._columns.Count) return true;
            _column = 0;
            return rows.Read();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) rows.Dispose();
            base.Dispose(disposing);
        }
    }
}

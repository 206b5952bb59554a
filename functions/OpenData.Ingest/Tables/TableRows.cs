using System.Text;
using OpenData.Ingest.Protecting;
using OpenData.Ingest.Records;
using OpenData.Lake;

namespace OpenData.Ingest.Tables;

/// <summary>
/// The rows of a file's table, each with the table's number of cells. Records that are none of its rows (blank ones, the header again,
/// notes under the table, a second table) are left out and reported; rows of another length are put right and reported.
/// </summary>
internal sealed class TableRows : IRow, IDisposable
{
    private readonly RecordReader _records;

    /// <summary>The same reader, if it can read many records at once (CSV): most rows then stay in its buffer.</summary>
    private readonly IBatchReader? _batches;
    private readonly TableLayout _table;
    private readonly ProblemLog _problems;
    private readonly bool _endsWithLastCell;
    private readonly byte[][] _labels;
    private readonly RowAlignment _alignment;
    private readonly CellProtection?[]? _protections;

    /// <summary>Rows that may turn out to be notes under the table, if nothing but such rows follows.</summary>
    private readonly Queue<StoredRow> _doubtful = new();
    private readonly RowTransform? _transform;
    private StoredRow? _stored;
    private bool _storedAreRows, _atEnd, _afterBlank;
    private long _blank, _repeatedHeaders, _firstBlank, _firstRepeated;

    /// <summary>Rows to be read one by one before the next try with many: after each try that fails twice as many.</summary>
    private int _single = 1;
    private bool _batchIsOfReader;

    /// <summary>Opens the rows.</summary>
    /// <param name="source">The file's records.</param>
    /// <param name="table">The table.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="transform">How rows are read that are declared to be read otherwise; null for as they are.</param>
    /// <param name="protections">What is done to the cells of each column before anybody sees them; null for nothing.</param>
    public TableRows(
        RecordSource source, TableLayout table, ProblemLog problems, RowTransform? transform = null, CellProtection?[]? protections = null)
    {
        (_protections, _transform, _table, _problems) = (protections, transform, table, problems);
        _labels = [.. table.Labels.Select(Encoding.UTF8.GetBytes)];
        _alignment = new RowAlignment(table);
        _endsWithLastCell = source.EndsWithLastCell;
        _records = source.Open(problems);
        _batches = transform is null ? _records as IBatchReader : null; // whose rows stay where they are
        for (var i = 0; i < table.RecordsBefore; i++) _records.Read();
    }

    /// <summary>The line on which the row begins.</summary>
    public long Line => _stored?.Line ?? _records.Line;

    /// <summary>The byte offset at which the row begins.</summary>
    public long ByteOffset => _stored?.ByteOffset ?? _records.ByteOffset;

    /// <summary>Records of the file that are neither rows nor blank, and not published.</summary>
    public long LeftOut { get; private set; }

    /// <summary>A cell of the row, from 0 to the table's width.</summary>
    public ReadOnlySpan<byte> Cell(int index) => _protections?[index] is { } protection ? protection.Of(Read(index)) : Read(index);

    /// <summary>Whether a cell has no value.</summary>
    public bool IsAbsent(int index) => _protections?[index] is { Drops: true } || IsUnread(index);

    /// <summary>Whether a cell is a nested JSON value.</summary>
    public bool IsJson(int index) =>
        (_stored is null || _transform is not null) && _protections?[index] is null && _records.IsJson(index);

    /// <summary>Takes the next rows, some hundreds at a time; false at the end. The batch is good until the next call.</summary>
    public bool Read(RowBatch batch, int mostRows)
    {
        batch.Clear(mostRows);
        if (ReadPlain(batch)) return true;

        var rows = _batches is null || _protections is not null ? int.MaxValue : _single;
        while (rows-- > 0 && !batch.IsFull && Read()) batch.Copy(this);

        return batch.Rows > 0;
    }

    /// <summary>The line and the byte offset at which a row of the last batch begins.</summary>
    public (long Line, long ByteOffset) PlaceOf(RowBatch batch, int row)
    {
        var (line, start) = batch.PlaceOf(row);
        return (line, _batchIsOfReader ? _batches!.OffsetOf((int)start) : start);
    }

    /// <summary>
    /// Takes rows in which nothing is to be judged, and which stay where the reader has them; false if the next one is not so.
    /// </summary>
    private bool ReadPlain(RowBatch batch)
    {
        _batchIsOfReader = false;
        if (_batches is null || _protections is not null || _atEnd || _afterBlank || _doubtful.Count > 0) return false;

        _batches.Read(batch);
        for (var row = 0; row < batch.Rows; row++)
        {
            if (!IsPlain(batch, row)) _batches.TakeBack(batch, row);
        }

        _batchIsOfReader = batch.Rows > 0;
        _single = _batchIsOfReader ? 1 : Math.Min(_single * 2, 256);
        return _batchIsOfReader;
    }

    /// <summary>Whether a row with the table's number of cells can be neither blank, nor a note, nor the header again.</summary>
    private bool IsPlain(RowBatch batch, int row)
    {
        var first = batch.Place(row, 0);
        if (first.Length == 0 || batch.Width > 1)
        {
            var filled = 1;
            while (filled < batch.Width && batch.Place(row, filled).Length == 0) filled++;

            if (filled == batch.Width) return false;
        }

        return !_table.HasHeader || !first.In(batch.Buffer).SequenceEqual(_labels[0]);
    }

    /// <summary>Goes to the next row; false at the end.</summary>
    public bool Read()
    {
        if (!ReadNext()) return false;
        if (_transform is not null) _stored = _transform.Apply(_stored ?? StoredRow.Of(_records));
        return true;
    }

    private bool ReadNext()
    {
        while (true)
        {
            if (_storedAreRows && _doubtful.TryDequeue(out _stored)) return true;

            _storedAreRows = false;
            _stored = null;
            if (_atEnd || !_records.Read())
            {
                Finish();
                return false;
            }

            switch (Judge())
            {
                case Verdict.Row when _doubtful.Count > 0:
                    _doubtful.Enqueue(_stored ?? StoredRow.Of(_records));
                    _storedAreRows = true;
                    break;
                case Verdict.Row:
                    return true;
                case Verdict.Doubtful:
                    _doubtful.Enqueue(_stored ?? StoredRow.Of(_records));
                    _storedAreRows = _doubtful.Count > 100;
                    break;
                case Verdict.SecondTable:
                    SkipSecondTable();
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _records.Dispose();

    private ReadOnlySpan<byte> Read(int index) => _stored is not null ? _stored.Cell(index) : _records.Cell(index);

    private bool IsUnread(int index) => _stored is null ? _records.IsAbsent(index) : _stored.Cell(index).IsEmpty;

    private enum Verdict
    {
        Row,
        Nothing,
        Doubtful,
        SecondTable,
    }

    private Verdict Judge()
    {
        var count = _records.Count;
        var width = _table.Width;
        if (_records.IsAbsent(0) && IsBlank())
        {
            _firstBlank = _blank++ == 0 ? _records.Line : _firstBlank;
            _afterBlank = true;
            return Verdict.Nothing;
        }

        var afterBlank = _afterBlank;
        _afterBlank = false;
        if (_table.HasHeader && IsHeaderAgain(out var other))
        {
            if (other) return Verdict.SecondTable;

            _firstRepeated = _repeatedHeaders++ == 0 ? _records.Line : _firstRepeated;
            return Verdict.Nothing;
        }

        if (_records.MayBeSentence && (afterBlank || PutsWordsUnderNumbers()))
        {
            // As the one text that it was before it was divided.
            var divided = StoredRow.Of(_records);
            _stored = divided with { Cells = [RowAlignment.Join(divided.Cells, _records.Delimiter)] };
            return Verdict.Doubtful;
        }

        if (afterBlank && width > 1 && count > 1 && IsAnotherHeader()) return Verdict.SecondTable;

        if ((width >= 3 || width == 2 && (afterBlank && count == 1 || CellKinds.BeginsLikeNote(_records.Cell(0)))) && IsNote(afterBlank))
        {
            _stored = _alignment.Fit(_records);
            return Verdict.Doubtful;
        }

        if (count < width && _endsWithLastCell)
        {
            _stored = StoredRow.Of(_records);
        }
        else if (count != width)
        {
            _stored = _alignment.Fit(_records, out var done);
            Report(
                "row-length",
                $"The record has {count} cells, and the table has {width}.",
                done,
                "Give every record as many cells as the header has; quote cells that hold the delimiter.");
        }

        return Verdict.Row;
    }

    private bool IsBlank()
    {
        for (var i = 0; i < _records.Count; i++)
        {
            if (!_records.Cell(i).IsEmpty) return false;
        }

        return true;
    }

    /// <summary>
    /// Whether the record is the header again, wholly, or (<paramref name="other"/>) as the header of a narrower or wider table.
    /// </summary>
    private bool IsHeaderAgain(out bool other)
    {
        other = _records.Count != _table.Width;
        if (_table.Width < 2 || !_records.Cell(0).SequenceEqual(_labels[0])
            || _records.Count < 2 || other && _records.Count * 2 < _table.Width)
        {
            return false;
        }

        for (var i = 1; i < Math.Min(_records.Count, _table.Width); i++)
        {
            if (!_records.Cell(i).SequenceEqual(_labels[i])) return false;
        }

        return true;
    }

    /// <summary>Whether the record, after a blank one, has words in all columns of numbers, as only a header has.</summary>
    private bool IsAnotherHeader()
    {
        int unlike = 0, filled = 0;
        for (var i = 0; i < _records.Count; i++)
        {
            var kind = CellKinds.Of(_records.Cell(i));
            filled += kind != CellKind.Empty ? 1 : 0;
            if (kind == CellKind.Numeric) return false;

            unlike += IsWordUnderNumbers(i) ? 1 : 0;
        }

        return unlike >= 1 && filled >= 2 && filled * 2 > _records.Count;
    }

    /// <summary>Whether the record has one cell only, and that reads like a note.</summary>
    private bool IsNote(bool afterBlank)
    {
        if (_records.IsAbsent(0) || _records.Count > 1 && !_records.IsAbsent(1)) return false;

        for (var i = 2; i < _records.Count; i++)
        {
            if (!_records.IsAbsent(i)) return false;
        }

        var cell = _records.Cell(0);
        if (CellKinds.Of(cell) != CellKind.Text) return false;

        return afterBlank || _records.Count == 1 || _table.Kinds[0] == CellKind.Numeric || _doubtful.Count > 0
            || CellKinds.BeginsLikeNote(cell);
    }

    private bool PutsWordsUnderNumbers()
    {
        for (var i = 0; i < _records.Count; i++)
        {
            if (IsWordUnderNumbers(i)) return true;
        }

        return false;
    }

    /// <summary>Whether a cell of the record is a word in a column of numbers, and not one that says that a number is missing.</summary>
    private bool IsWordUnderNumbers(int cell) =>
        cell < _table.Width && _table.Kinds[cell] == CellKind.Numeric
            && CellKinds.Of(_records.Cell(cell)) == CellKind.Text && !CellKinds.IsMissingWord(_records.Cell(cell));

    private void SkipSecondTable()
    {
        var (line, offset, raw) = (_records.Line, _records.ByteOffset, Raw());
        long rows = 0;
        while (_records.Read()) rows += IsBlank() ? 0 : 1;

        LeftOut += rows;
        _atEnd = true;
        _problems.Add(new Problem(
            "table-second", Severity.Warning, $"A second table begins on line {line}; its {rows} rows are not published.",
            "Upload each table as a file of its own.")
        { Line = line, ByteOffset = offset, RawValue = raw, Action = "The first table was published." });
    }

    private void Finish()
    {
        _atEnd = true;
        while (_doubtful.TryDequeue(out var note))
        {
            LeftOut++;
            _problems.Add(new Problem(
                "table-note", Severity.Note, "A note stands under the table.", "Put notes into the description in dataset.json.")
            {
                Line = note.Line,
                ByteOffset = note.ByteOffset,
                RawValue = Encoding.UTF8.GetString(note.Cell(0)),
                Action = "It was not published as a row.",
            });
        }

        if (_blank > 0)
        {
            _problems.Add(
                new Problem(
                    "rows-blank",
                    Severity.Note,
                    $"{_blank} records are blank.",
                    "Leave out blank lines and rows of empty cells.")
                { Line = _firstBlank, Action = "They were left out." });
            _blank = 0;
        }

        if (_repeatedHeaders > 0)
        {
            _problems.Add(
                new Problem(
                    "header-repeated",
                    Severity.Note,
                    $"The header is repeated {_repeatedHeaders} times among the rows.",
                    "Leave the header out where files are put together.")
                {
                    Line = _firstRepeated,
                    Action = "The repetitions were left out.",
                });
            _repeatedHeaders = 0;
        }
    }

    private void Report(string code, string message, string action, string fix) => _problems.Add(
        new Problem(code, Severity.Warning, message, fix)
        {
            Line = _records.Line,
            ByteOffset = _records.ByteOffset,
            RawValue = Raw(),
            Action = action,
        });

    private string Raw()
    {
        var raw = new StringBuilder();
        for (var i = 0; i < _records.Count && raw.Length < 200; i++)
        {
            raw.Append(i == 0 ? "" : " | ").Append(Encoding.UTF8.GetString(_records.Cell(i)));
        }

        return raw.ToString();
    }
}

namespace OpenData.Ingest.Records;

/// <summary>
/// Some hundreds of rows of a table, as places in one buffer, so that a column's cells can be read one after another: where the code, the
/// guesses of the processor and the format stay the same from cell to cell, each costs a fraction of what it costs row by row.
/// </summary>
internal sealed class RowBatch
{
    /// <summary>Bytes that can be read before each cell of a batch, and after it, whatever they are.</summary>
    public const int Margin = 32;

    /// <summary>Rows of a batch at the most.</summary>
    public const int MostRows = 1_024;

    /// <summary>Cells whose places, with the text that they stand for, stay in the processor's nearer caches.</summary>
    private const int MostCells = 2_048;

    /// <summary>A batch of copied rows is full with so much text.</summary>
    private const int MostBytes = 1 << 18;

    private readonly CellPlace[] _cells;
    private readonly (long Line, long Start)[] _rows;
    private byte[] _own = new byte[4 * Margin];
    private int _ownLength = Margin, _limit, _longestAbsent;

    /// <summary>An empty batch.</summary>
    /// <param name="width">Cells of a row.</param>
    public RowBatch(int width)
    {
        Width = width;
        _rows = new (long, long)[Math.Clamp(MostCells / width, 1, MostRows)];
        _cells = new CellPlace[_rows.Length * width];
        Buffer = _own;
    }

    /// <summary>Cells of a row.</summary>
    public int Width { get; }

    /// <summary>Rows in the batch.</summary>
    public int Rows { get; private set; }

    /// <summary>Holds the cells.</summary>
    public byte[] Buffer { get; private set; }

    /// <summary>Whether there is no room for another row.</summary>
    public bool IsFull => Rows >= _limit || _ownLength > MostBytes;

    /// <summary>Room for the cells of one more row.</summary>
    public Span<CellPlace> Room => _cells.AsSpan(Rows * Width, Width);

    /// <summary>Bytes of all cells and of what stands between them.</summary>
    public int Bytes
    {
        get
        {
            if (Rows == 0) return 0;

            var last = _cells[Rows * Width - 1];
            return last.Start + Math.Max(last.Length, 0) - _cells[0].Start;
        }
    }

    /// <summary>
    /// At least the bytes of a column's cells. They are added up where a table is wide: there the bytes of the rows would be far more than
    /// any column has.
    /// </summary>
    public int BytesOf(int column)
    {
        const int fewColumns = 32;
        if (Width <= fewColumns) return Bytes;

        var bytes = 0;
        for (var row = 0; row < Rows; row++) bytes += Math.Max(Place(row, column).Length, 0);

        return bytes;
    }

    /// <summary>Empties the batch.</summary>
    /// <param name="mostRows">Rows that it is to take at the most.</param>
    public void Clear(int mostRows)
    {
        (Rows, _ownLength) = (0, Margin);
        _limit = Math.Min(mostRows, _rows.Length);
    }

    /// <summary>
    /// Begins with rows that stay where a reader has them, in a buffer with the margins that this class promises. An empty cell has no
    /// value.
    /// </summary>
    public void Begin(byte[] buffer) => (Buffer, _longestAbsent) = (buffer, 0);

    /// <summary>Takes the row whose cells have been put into <see cref="Room"/>.</summary>
    /// <param name="line">The line on which it begins.</param>
    /// <param name="start">Where it begins, in the reader's own terms.</param>
    public void AddRow(long line, long start) => _rows[Rows++] = (line, start);

    /// <summary>Copies the current row.</summary>
    public void Copy(IRow row)
    {
        _longestAbsent = -1;
        var room = Room;
        for (var i = 0; i < room.Length; i++)
        {
            var cell = row.Cell(i);
            room[i] = new CellPlace(_ownLength, cell.IsEmpty && row.IsAbsent(i) ? -1 : cell.Length);
            if (_own.Length - _ownLength < cell.Length + Margin)
            {
                Array.Resize(ref _own, Math.Max(_own.Length * 2, _ownLength + cell.Length + Margin));
            }

            cell.CopyTo(_own.AsSpan(_ownLength));
            _ownLength += cell.Length;
        }

        Buffer = _own;
        AddRow(row.Line, row.ByteOffset);
    }

    /// <summary>Drops the last rows.</summary>
    public void Shorten(int rows) => Rows = rows;

    /// <summary>The line on which a row begins, and where it begins.</summary>
    public (long Line, long Start) PlaceOf(int row) => _rows[row];

    /// <summary>Where a cell is.</summary>
    public CellPlace Place(int row, int column) => _cells[row * Width + column];

    /// <summary>A cell that has a value.</summary>
    public ReadOnlySpan<byte> Cell(int row, int column) => Place(row, column).In(Buffer);

    /// <summary>Whether a cell has no value.</summary>
    public bool IsAbsent(CellPlace cell) => cell.Length <= _longestAbsent;
}

using System.Xml;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Workbooks;

/// <summary>The rows of a sheet that is written in XML; a gap of blank rows is one record without cells.</summary>
/// <param name="xml">The document, within the sheet; disposed with this.</param>
internal abstract class XmlSheetReader(XmlReader xml) : RecordReader
{
    /// <summary>The limits of the programs.</summary>
    protected const int MostColumns = 16_384, MostRows = 1_048_576;

    private readonly Dictionary<int, (long Last, string Text)> _merged = [];
    private long _row, _next, _reported;

    /// <summary>The document.</summary>
    protected XmlReader Xml => xml;

    /// <summary>The cells of the row that is read.</summary>
    protected RowCells Cells { get; } = new();

    /// <inheritdoc/>
    public override int Count => _next > 0 ? 0 : Cells.Count;

    /// <inheritdoc/>
    public override long Line => _next > 0 ? _next - 1 : _row;

    /// <inheritdoc/>
    public override long ByteOffset => -1;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Cell(int index) => Cells.Text(index);

    /// <inheritdoc/>
    public override bool IsAbsent(int index) => index >= Count || Cells.IsAbsent(index);

    /// <inheritdoc/>
    public override bool Read()
    {
        if (_next > 0)
        {
            _row = _reported = _next;
            _next = 0;
            return true;
        }

        try
        {
            do
            {
                Cells.Clear();
                if (ReadRow(_row) is not { } row) return false;
                _row = row;
                if (_row > MostRows) throw ExcelProblems.Broken($"it has more than {MostRows:n0} rows");
                foreach (var (column, (last, text)) in _merged)
                {
                    if (_row <= last && Cells.Count > 0 && (column >= Cells.Count || Cells.IsAbsent(column))) Cells.Put(column, text);
                }
            }
            while (Cells.Count == 0);
        }
        catch (XmlException e)
        {
            throw ExcelProblems.Broken($"behind row {_row}, {e.Message.TrimEnd('.')}");
        }

        if (_row > _reported + 1 && _reported > 0) _next = _row;
        else _reported = _row;
        return true;
    }

    /// <summary>Reads the next row into <see cref="Cells"/>; its number, or null at the end of the sheet.</summary>
    /// <param name="before">The number of the row before it; 0 at the first one.</param>
    protected abstract long? ReadRow(long before);

    /// <summary>Puts a value into a cell, and into those below that the sheet merges with it.</summary>
    /// <param name="row">The row's number.</param>
    /// <param name="column">The column, from 0.</param>
    /// <param name="text">The value.</param>
    /// <param name="rows">The rows that the cell covers, itself included.</param>
    protected void Put(long row, int column, string? text, long rows)
    {
        if (column >= MostColumns) throw ExcelProblems.Broken($"row {row} has more than {MostColumns:n0} cells");
        Cells.Put(column, text);
        if (rows > 1 && !string.IsNullOrEmpty(text)) _merged[column] = (row + rows - 1, text);
        else if (_merged.Count > 0 && !string.IsNullOrEmpty(text)) _merged.Remove(column);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) xml.Dispose();
        base.Dispose(disposing);
    }
}

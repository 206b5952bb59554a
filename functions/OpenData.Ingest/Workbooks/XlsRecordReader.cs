using System.Globalization;
using System.Text;
using ExcelDataReader;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Workbooks;

/// <summary>One row of an XLS sheet after another; rows without values are records without cells.</summary>
internal sealed class XlsRecordReader : RecordReader
{
    private readonly IExcelDataReader _workbook;
    private readonly ByteArena _arena = new();
    private (int Start, int Length, bool Present)[] _cells = [];
    private int _count;
    private long _row;

    /// <summary>Goes to the sheet with this index.</summary>
    public XlsRecordReader(IExcelDataReader workbook, int sheet)
    {
        _workbook = workbook;
        for (var i = 0; i < sheet; i++) workbook.NextResult();
    }

    /// <inheritdoc/>
    public override int Count => _count;

    /// <inheritdoc/>
    public override long Line => _row;

    /// <inheritdoc/>
    public override long ByteOffset => -1;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Cell(int index) => _arena.Slice(_cells[index].Start, _cells[index].Length);

    /// <inheritdoc/>
    public override bool IsAbsent(int index) => !_cells[index].Present;

    /// <inheritdoc/>
    public override bool Read() => XlsWorkbook.Guard(ReadRow);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _workbook.Dispose();
        base.Dispose(disposing);
    }

    private bool ReadRow()
    {
        if (!XlsWorkbook.Read(_workbook)) return false;
        _row++;
        _arena.Clear();
        _count = 0;
        if (_workbook.FieldCount > _cells.Length) Array.Resize(ref _cells, _workbook.FieldCount);
        for (var i = 0; i < _workbook.FieldCount; i++)
        {
            _cells[i] = default;
            if (Text(i) is not { Length: > 0 } text) continue;
            var start = _arena.Length;
            var room = _arena.Extend(Encoding.UTF8.GetMaxByteCount(text.Length));
            _arena.Shrink(start + Encoding.UTF8.GetBytes(text, room));
            _cells[i] = (start, _arena.Length - start, true);
            _count = i + 1;
        }

        return true;
    }

    private string? Text(int column) => _workbook.GetValue(column) switch
    {
        null => null,
        string text => text,
        bool truth => truth ? "true" : "false",
        // The library turns days into DateTime by the cell's format; whether that shows a time too, only the format knows.
        DateTime moment => ExcelTime.Write(moment, Format(column)),
        TimeSpan time => ExcelTime.Write(time),
        int whole => whole.ToString(CultureInfo.InvariantCulture),
        double number => Format(column).Write(number, from1904: false),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture),
    };

    private ExcelFormat Format(int column) => ExcelFormat.Of(_workbook.GetNumberFormatString(column) ?? "General");
}

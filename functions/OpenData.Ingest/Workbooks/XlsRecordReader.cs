using System.Globalization;
using ExcelDataReader;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Workbooks;

/// <summary>One row of an XLS sheet after another; rows without values are records without cells.</summary>
internal sealed class XlsRecordReader : RecordReader
{
    private readonly IExcelDataReader _workbook;
    private readonly MergedCells.Rows? _merged;
    private readonly RowCells _cells = new();
    private long _row;

    /// <summary>Goes to the sheet with this index.</summary>
    public XlsRecordReader(IExcelDataReader workbook, int sheet)
    {
        _workbook = workbook;
        for (var i = 0; i < sheet; i++) workbook.NextResult();
        var merged = new MergedCells();
        var ranges = new List<MergedCells.Range>();
        foreach (var range in workbook.MergeCells ?? [])
        {
            MergedCells.Add(ranges, range.FromRow + 1, range.ToRow + 1, range.FromColumn);
        }

        merged.Learn(ranges);
        _merged = merged.IsAny ? merged.Open() : null;
    }

    /// <inheritdoc/>
    public override int Count => _cells.Count;

    /// <inheritdoc/>
    public override long Line => _row;

    /// <inheritdoc/>
    public override long ByteOffset => -1;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Cell(int index) => _cells.Text(index);

    /// <inheritdoc/>
    public override bool IsAbsent(int index) => index >= Count || _cells.IsAbsent(index);

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
        _cells.Clear();
        for (var i = 0; i < _workbook.FieldCount; i++) _cells.Put(i, Text(i));
        if (_merged is not null && _cells.Count > 0) _cells.FillMerged(_merged, _row);
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

using System.Text;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Workbooks;

/// <summary>One row of an XLSB sheet after another; a gap of blank rows is one record without cells.</summary>
/// <param name="records">The sheet; disposed with this.</param>
/// <param name="package">The package; disposed with this.</param>
/// <param name="shared">What the sheets share.</param>
/// <param name="merged">The cells that the sheet merges.</param>
/// <param name="problems">Takes the deviations.</param>
internal sealed class XlsbRecordReader(
    XlsbRecords records, IDisposable package, XlsbShared shared, MergedCells merged, ProblemLog problems) : RecordReader
{
    private const int RowHeader = 0, Blank = 1, ShortNumber =
        2, Error = 3, Truth = 4, Real = 5, OwnText = 6, SharedText = 7, FormulaText = 8,
        FormulaNumber = 9, FormulaTruth = 10, FormulaError = 11, RichText = 62, EndOfRows = 146, MergedRange = 176;

    /// <summary>
    /// Records of cells behind the one before: they are as those from <see cref="Blank"/> to <see cref="SharedText"/>, without the column.
    /// </summary>
    private const int FirstNeighbour = 12, LastNeighbour = 18;

    private const int MostColumns = 16_384, MostRows = 1_048_576;

    private readonly RowCells _cells = new();
    private readonly MergedCells.Rows? _mergedRows = merged.IsAny ? merged.Open() : null;
    private long _row, _header = -1, _gapBefore;
    private int _column;
    private bool _atEnd;

    /// <inheritdoc/>
    public override int Count => _gapBefore > 0 ? 0 : _cells.Count;

    /// <inheritdoc/>
    public override long Line => _gapBefore > 0 ? _gapBefore - 1 : _row;

    /// <inheritdoc/>
    public override long ByteOffset => -1;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Cell(int index) => _cells.Text(index);

    /// <inheritdoc/>
    public override bool IsAbsent(int index) => index >= Count || _cells.IsAbsent(index);

    /// <inheritdoc/>
    public override bool Read()
    {
        if (_gapBefore > 0)
        {
            _gapBefore = 0;
            return true;
        }

        try
        {
            var before = _row;
            do
            {
                if (!ReadRow()) return false;
            }
            while (_cells.Count == 0);
            if (_mergedRows is not null) _cells.FillMerged(_mergedRows, _row);
            if (before > 0 && _row > before + 1) _gapBefore = _row;
            return true;
        }
        catch (Exception e) when (XlsbBook.IsOfData(e))
        {
            throw ExcelProblems.Broken($"behind row {_row}, {e.Message.TrimEnd('.')}");
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            records.Dispose();
            package.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Reads from one row's header to the next one's.</summary>
    private bool ReadRow()
    {
        _cells.Clear();
        while (_header < 0 && !_atEnd) Next();
        if (_header < 0) return false;
        if (_header >= MostRows) throw new InvalidDataException("a row lies below the last one that the format has");
        _row = _header + 1;
        _header = -1;
        while (_header < 0 && !_atEnd) Next();
        return true;
    }

    private void Next()
    {
        if (!records.Read() || records.Type == EndOfRows)
        {
            _atEnd = true;
            if (!merged.IsKnown) LearnMerged();
            return;
        }

        if (records.Type == RowHeader) _header = records.Number(0);
        else if (records.Type is (>= Blank and <= LastNeighbour) or RichText && _row > 0) TakeCell();
    }

    private void LearnMerged()
    {
        var ranges = new List<MergedCells.Range>();
        while (records.Read())
        {
            if (records.Type == MergedRange) MergedCells.Add(ranges, records.Number(0) + 1L, records.Number(4) + 1L, records.Number(8));
        }

        merged.Learn(ranges);
    }

    private void TakeCell()
    {
        var isNeighbour = records.Type is >= FirstNeighbour and <= LastNeighbour;
        _column = isNeighbour ? _column + 1 : records.Number(0);
        if (_column is < 0 or >= MostColumns) throw new InvalidDataException("a cell lies beyond the last column that the format has");
        var style = isNeighbour ? 0 : 4;
        var at = style + 4;
        switch (isNeighbour ? records.Type - FirstNeighbour + Blank : records.Type)
        {
            case ShortNumber:
                TakeNumber(records.Short(at), style);
                break;
            case Real or FormulaNumber:
                TakeNumber(records.Real(at), style);
                break;
            case Truth or FormulaTruth:
                _cells.Put(_column, records.At(at) != 0 ? "true" : "false");
                break;
            case Error or FormulaError:
                problems.Add(ExcelProblems.ErrorCell($"in column {_column + 1} of row {_row}", ErrorText(records.At(at)), _row));
                break;
            case OwnText or FormulaText:
                _cells.Put(_column, records.Text(ref at));
                break;
            case RichText:
                at++;
                _cells.Put(_column, records.Text(ref at));
                break;
            case SharedText:
                _cells.Put(_column, Encoding.UTF8.GetString(shared.Texts[records.Number(at)]));
                break;
        }
    }

    private void TakeNumber(double number, int styleAt)
    {
        var style = records.Number(styleAt) & 0xFFFFFF;
        var format = style < shared.Styles.Count ? shared.Styles[style] : ExcelFormat.Plain;
        _cells.Put(_column, format.Write(number, shared.From1904));
    }

    private static string ErrorText(byte code) => code switch
    {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    };
}

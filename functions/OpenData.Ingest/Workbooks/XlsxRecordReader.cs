using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using OpenData.Ingest.Records;
using OpenData.Ingest.SafeXml;

namespace OpenData.Ingest.Workbooks;

/// <summary>
/// One row of a sheet after another. Rows that hold nothing but formatting count as blank; a gap of blank rows is one record
/// without cells. A bare <see cref="XmlReader"/> reads two to three times the rows a second that ExcelDataReader or MiniExcel do.
/// </summary>
/// <param name="package">The package to dispose with this, or null.</param>
/// <param name="xml">The sheet; disposed with this.</param>
/// <param name="workbook">What the sheets share.</param>
/// <param name="merged">The cells that the sheet merges.</param>
/// <param name="problems">Takes the deviations.</param>
internal sealed class XlsxRecordReader(
    ZipArchive? package, XmlReader xml, XlsxWorkbook workbook, MergedCells merged, ProblemLog problems) : RecordReader
{
    private const int MostColumns = 16_384;

    private readonly ByteArena _arena = new();
    private readonly StringBuilder _text = new();
    private readonly MergedCells.Rows? _mergedRows = merged.IsAny ? merged.Open() : null;
    private readonly List<MergedCells.Range> _ranges = [];
    private (int Start, int Length, bool Present)[] _cells = new (int, int, bool)[64];
    private int _count;
    private long _row;
    private bool _gap;

    /// <inheritdoc/>
    public override int Count => _gap ? 0 : _count;

    /// <inheritdoc/>
    public override long Line => _gap ? _row - 1 : _row;

    /// <inheritdoc/>
    public override long ByteOffset => -1;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Cell(int index) => _arena.Slice(_cells[index].Start, _cells[index].Length);

    /// <inheritdoc/>
    public override bool IsAbsent(int index) => index >= Count || !_cells[index].Present;

    /// <inheritdoc/>
    public override bool Read()
    {
        if (_gap)
        {
            _gap = false;
            return true;
        }

        try
        {
            return ReadRow();
        }
        catch (XmlException e)
        {
            throw ExcelProblems.Broken($"behind row {_row}, {e.Message.TrimEnd('.')}");
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            xml.Dispose();
            package?.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool ReadRow()
    {
        var before = _row;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "mergeCell" && !merged.IsKnown) MergedCells.Add(_ranges, xml.GetAttribute("ref"));
            if (xml.LocalName != "row") continue;
            _row = long.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : _row + 1;
            _arena.Clear();
            _count = 0;
            if (!xml.IsEmptyElement) ReadCells();
            if (_count == 0) continue;
            if (_mergedRows is not null) FillMerged(_mergedRows);
            _gap = _row > before + 1 && before > 0;
            return true;
        }

        merged.Learn(_ranges);
        return false;
    }

    private void FillMerged(MergedCells.Rows rows)
    {
        foreach (var (column, text) in rows.Above(_row))
        {
            if (column >= _count || !_cells[column].Present) Take(column, text);
        }

        foreach (var range in rows.BeginningAt(_row))
        {
            var isPresent = range.Column < _count && _cells[range.Column].Present;
            rows.Keep(range, isPresent ? _arena.Slice(_cells[range.Column].Start, _cells[range.Column].Length) : default);
        }
    }

    private void ReadCells()
    {
        var depth = xml.Depth;
        var column = -1;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "c") continue;
            column = ColumnOf(xml.GetAttribute("r")) ?? column + 1;
            if (column >= MostColumns) throw ExcelProblems.Broken($"row {_row} has a cell beyond column XFD");
            ReadCell(column);
        }
    }

    private void ReadCell(int column)
    {
        var type = xml.GetAttribute("t");
        var style = int.TryParse(xml.GetAttribute("s"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        if (xml.IsEmptyElement) return;

        var depth = xml.Depth;
        var hasFormula = false;
        var found = false;
        _text.Clear();
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            switch (xml.LocalName)
            {
                case "f":
                    hasFormula = true;
                    break;
                case "v":
                    found |= AppendValue();
                    break;
                case "is":
                    found = true;
                    XlsxTexts.AppendText(xml, _text);
                    break;
            }
        }

        if (found) TakeValue(column, type, style);
        else if (hasFormula) problems.Add(ExcelProblems.NoResult(Name(column), _row));
    }

    private bool AppendValue()
    {
        if (xml.IsEmptyElement) return false;
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                _text.AppendWithin(xml);
            }
        }

        return true;
    }

    private void TakeValue(int column, string? type, int style)
    {
        switch (type)
        {
            case "s":
                if (!int.TryParse(_text.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var shared))
                {
                    throw ExcelProblems.Broken($"the cell {Name(column)} refers to no text");
                }
                Take(column, workbook.Texts[shared]);
                break;
            case "b":
                Take(column, _text.ToString() is "1" or "true" ? "true"u8 : "false"u8);
                break;
            case "e":
                problems.Add(ExcelProblems.ErrorCell(Name(column), _text.ToString(), _row));
                break;
            case "str" or "inlineStr" or "d":
                Take(column, XlsxTexts.Unescape(_text));
                break;
            default:
                TakeNumber(column, style);
                break;
        }
    }

    private void TakeNumber(int column, int style)
    {
        var format = style < workbook.Styles.Count ? workbook.Styles[style] : ExcelFormat.Plain;
        // The text of a whole number of up to 15 digits is the number: no need to go through a double.
        var written = _text.ToString();
        if (ReferenceEquals(format, ExcelFormat.Plain) && written.Length is > 0 and <= 15
            && written.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)
        {
            Take(column, written);
        }
        else if (double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            Take(column, format.Write(number, workbook.From1904));
        }
        else
        {
            Take(column, written);
        }
    }

    private void Take(int column, string text)
    {
        var start = _arena.Length;
        _arena.Append(text);
        Take(column, start);
    }

    private void Take(int column, ReadOnlySpan<byte> text)
    {
        var start = _arena.Length;
        _arena.Append(text);
        Take(column, start);
    }

    private void Take(int column, int start)
    {
        if (_arena.Length == start) return; // the empty text of a formula looks to people as an empty cell does
        if (column >= _cells.Length) Array.Resize(ref _cells, Math.Max(2 * _cells.Length, column + 1));
        if (column >= _count)
        {
            Array.Clear(_cells, _count, column - _count);
            _count = column + 1;
        }

        _cells[column] = (start, _arena.Length - start, true);
    }

    private string Name(int column)
    {
        var letters = "";
        for (var left = column + 1; left > 0; left = (left - 1) / 26) letters = (char)('A' + ((left - 1) % 26)) + letters;
        return string.Create(CultureInfo.InvariantCulture, $"{letters}{_row}");
    }

    /// <summary>The column of a reference such as <c>AB12</c>, from 0; null if there is none.</summary>
    private static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var c in reference ?? "")
        {
            if (c is < 'A' or > 'Z' || column > MostColumns) break;
            column = (column * 26) + (c - 'A' + 1);
        }

        return column == 0 ? null : column - 1;
    }
}

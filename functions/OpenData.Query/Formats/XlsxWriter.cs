using System.Globalization;
using System.Text;
using OpenData.DuckDb;
using OpenData.Query.Schema;
using SpreadCheetah;
using SpreadCheetah.Styling;

namespace OpenData.Query.Formats;

/// <summary>
/// Writes rows as an Excel workbook, by SpreadCheetah, which streams: texts stand in their cells, so that memory does not grow, and a new
/// sheet begins where Excel's rows end. A text is a text cell, whatever it begins with, so that Excel runs no formula of it. Numbers of
/// more than 15 digits, which Excel would round, are text cells too.
/// </summary>
internal sealed class XlsxWriter(IReadOnlyList<OutputColumn> columns, FormatOptions options) : RowWriter
{
    private const int RowsOfSheet = 1_048_576;
    private const int CharactersOfCell = 32_767;
    private const int DigitsOfNumber = 15;
    private const int FirstDay = -25_508; // 1900-03-01 since 1970: before it, Excel's calendar has a day that never was
    private const int LastDay = 2_932_896; // 9999-12-31

    private readonly Cell[] _cells = new Cell[columns.Count];
    private readonly Utf8Output _text = new();
    private Spreadsheet _workbook = null!;
    private StyleId _dayStyle = null!;
    private StyleId _timeStyle = null!;
    private int _sheets;

    // A sheet is one compressed stream.
    public override bool IsSharing => false;

    public override void Begin(Utf8Output output)
    {
        var settings = new SpreadCheetahOptions
        {
            CompressionLevel = SpreadCheetahCompressionLevel.Fastest,
            WriteCellReferenceAttributes = true, // some readers, such as ExcelJS, require them
            PreserveStringWhitespace = true,
            DocumentProperties = null, // they have the time of writing
        };
        _workbook = Complete(Spreadsheet.CreateNewAsync(new OutputStream(output), settings));
        _dayStyle = _workbook.AddStyle(new Style { Format = NumberFormat.Custom("yyyy\\-mm\\-dd") });
        _timeStyle = _workbook.AddStyle(new Style { Format = NumberFormat.Custom("yyyy\\-mm\\-dd\\ hh:mm:ss") });
        BeginSheet();
    }

    public override void End(Utf8Output output)
    {
        Complete(_workbook.FinishAsync());
        _workbook.Dispose();
    }

    protected override void Row(Utf8Output output, DataChunk chunk, int row)
    {
        if (_workbook.NextRowNumber > RowsOfSheet) BeginSheet();
        for (var i = 0; i < _cells.Length; i++) _cells[i] = chunk[i].IsNull(row) ? default : Value(chunk[i], row, columns[i].Kind);
        Complete(_workbook.AddRowAsync(_cells.AsMemory()));
    }

    private void BeginSheet()
    {
        _sheets++;
        Complete(_workbook.StartWorksheetAsync(_sheets == 1 ? "records" : $"records {_sheets.ToString(CultureInfo.InvariantCulture)}"));
        for (var i = 0; i < _cells.Length; i++) _cells[i] = Text(options.UseLabels ? columns[i].Label : columns[i].Name);
        Complete(_workbook.AddRowAsync(_cells.AsMemory()));
    }

    private Cell Value(ColumnVector vector, int row, ValueKind kind)
    {
        switch (kind)
        {
            case ValueKind.Boolean:
                return new Cell(vector.Boolean(row));
            case ValueKind.Int or ValueKind.Decimal when TryNumber(vector.Integer(row), vector.Scale, out var number):
                return new Cell(number);
            case ValueKind.Double:
                return double.IsFinite(vector.Double(row)) ? new Cell(vector.Double(row)) : default;
            case ValueKind.Date when vector.Days(row) is >= FirstDay and <= LastDay:
                return new Cell(DateTime.UnixEpoch.AddDays(vector.Days(row)), _dayStyle);
            case ValueKind.DateTime when TryLocalTime(vector, row, out var time):
                return new Cell(time, _timeStyle);
            default:
                // As in CSV: instants keep their offset.
                _text.Clear();
                Utf8Values.Plain(_text, vector, row, kind, ","u8);
                return Text(Encoding.UTF8.GetString(_text.Written));
        }
    }

    private static bool TryNumber(Int128 unscaled, int scale, out decimal number)
    {
        const long TooLong = 1_000_000_000_000_000; // the first with more digits than DigitsOfNumber
        number = 0;
        if (unscaled <= -TooLong || unscaled >= TooLong || scale > DigitsOfNumber) return false;
        number = new decimal(
            (int)((long)Int128.Abs(unscaled) & 0xFFFFFFFF), (int)((long)Int128.Abs(unscaled) >> 32), 0, unscaled < 0, (byte)scale);
        return true;
    }

    // A local time keeps its digits in every time zone.
    private static bool TryLocalTime(ColumnVector vector, int row, out DateTime time)
    {
        var microseconds = vector.IsStruct ? vector.Member(0).Microseconds(row) : vector.Microseconds(row);
        var day = Math.Floor(microseconds / (double)(TimeSpan.TicksPerDay / TimeSpan.TicksPerMicrosecond));
        time = day is >= FirstDay and <= LastDay ? DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond) : default;
        return day is >= FirstDay and <= LastDay;
    }

    private static Cell Text(string text)
    {
        if (text.Length > CharactersOfCell) text = text[..(CharactersOfCell - 2)].TrimEnd('\uD800', '\uDBFF') + "…";
        return new Cell(text.AsSpan().ContainsAnyInRange('\0', '\u001F') ? string.Concat(text.Select(Writable)) : text);
    }

    // XML has no way to write other control characters.
    private static char Writable(char c) => c is < ' ' and not '\t' and not '\n' and not '\r' ? ' ' : c;

    // The output is a buffer: nothing is ever waited for.
    private static void Complete(ValueTask task)
    {
        if (!task.IsCompletedSuccessfully) task.AsTask().GetAwaiter().GetResult();
    }

    private static T Complete<T>(ValueTask<T> task) => task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult();
}

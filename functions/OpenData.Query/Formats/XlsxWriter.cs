using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using OpenData.DuckDb;
using OpenData.Query.Schema;

namespace OpenData.Query.Formats;

/// <summary>
/// An Excel workbook, written as it goes: texts stand in their cells, so nothing is kept, and a new sheet begins where Excel's rows
/// end. A text is a text, whatever it begins with: Excel runs no formula of it. Numbers that Excel would round are texts too.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Closing the archive writes its end, which an export that was cut off must not have.")]
internal sealed class XlsxWriter : RowWriter
{
    private const int RowsOfSheet = 1_048_576;
    private const int CharactersOfCell = 32_767;
    private const int DigitsOfNumber = 15;

    private readonly IReadOnlyList<OutputColumn> _columns;
    private readonly byte[] _header;
    private readonly Utf8Output _xml = new(64 * 1024);
    private readonly Utf8Output _cell = new();
    private BufferStream _target = null!;
    private ZipArchive _zip = null!;
    private Stream? _sheet;
    private int _sheets;
    private int _rows;

    public XlsxWriter(IReadOnlyList<OutputColumn> columns, FormatOptions options)
    {
        _columns = columns;
        _header = [.. "<row>"u8, .. columns.SelectMany(column => Inline(options.UseLabels ? column.Label : column.Name)), .. "</row>"u8];
    }

    public override bool IsSharing => false; // a sheet is one compressed stream

    public override void Begin(Utf8Output output)
    {
        _target = new BufferStream(output);
        _zip = new ZipArchive(_target, ZipArchiveMode.Create, leaveOpen: true);
        BeginSheet();
    }

    public override void End(Utf8Output output)
    {
        EndSheet();
        Entry("[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" "
            + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" "
            + "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
            + "<Override PartName=\"/xl/styles.xml\" "
            + "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
            + EachSheet(
                n => $"<Override PartName=\"/xl/worksheets/sheet{n}.xml\" "
                    + "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>") + "</Types>");
        Entry("_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
            + "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
            + "Target=\"xl/workbook.xml\"/></Relationships>");
        Entry("xl/workbook.xml",
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
            + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>"
            + EachSheet(n => $"<sheet name=\"records{(n == "1" ? "" : $" {n}")}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>")
                + "</sheets></workbook>");
        Entry("xl/_rels/workbook.xml.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + EachSheet(
                n => $"<Relationship Id=\"rId{n}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" "
                    + $"Target=\"worksheets/sheet{n}.xml\"/>")
            + "<Relationship Id=\"rIdStyles\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" "
            + "Target=\"styles.xml\"/></Relationships>");
        // 1 is a day, 2 a time.
        Entry("xl/styles.xml",
            "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts count=\"2\"><numFmt "
            + "numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/><numFmt numFmtId=\"165\" formatCode=\"yyyy\\-mm\\-dd\\ "
            + "hh:mm:ss\"/></numFmts>"
            + "<fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills><borders count=\"1\"><border/></borders><cellStyleXfs "
            + "count=\"1\"><xf/></cellStyleXfs>"
            + "<cellXfs count=\"3\"><xf/><xf numFmtId=\"164\" applyNumberFormat=\"1\"/><xf numFmtId=\"165\" "
            + "applyNumberFormat=\"1\"/></cellXfs></styleSheet>");
        _zip.Dispose();
    }

    protected override void Row(Utf8Output output, DataChunk chunk, int row)
    {
        if (_rows == RowsOfSheet)
        {
            EndSheet();
            BeginSheet();
        }

        _rows++;
        _xml.Write("<row>"u8);
        for (var i = 0; i < _columns.Count; i++) Cell(chunk[i], row, _columns[i].Kind);
        _xml.Write("</row>"u8);
        if (_xml.Length > 60 * 1024) FlushSheet();
    }

    private void Cell(ColumnVector vector, int row, ValueKind kind)
    {
        if (vector.IsNull(row))
        {
            _xml.Write("<c/>"u8);
            return;
        }

        switch (kind)
        {
            case ValueKind.Boolean:
                _xml.Write(vector.Boolean(row) ? "<c t=\"b\"><v>1</v></c>"u8 : "<c t=\"b\"><v>0</v></c>"u8);
                return;
            case ValueKind.Int:
            case ValueKind.Decimal:
                _cell.Clear();
                Utf8Values.Integer(_cell, vector, row);
                var isExact = !_cell.Written.ContainsAnyExceptInRange((byte)'-', (byte)'9') && Digits(_cell.Written) <= DigitsOfNumber;
                if (isExact) Number(_cell.Written, ""u8);
                else Text(_cell.Written);
                return;
            case ValueKind.Double:
                _cell.Clear();
                if (Utf8Values.TryDouble(_cell, vector.Double(row))) Number(_cell.Written, ""u8);
                else _xml.Write("<c/>"u8);
                return;
            // Excel's calendar begins in 1900, and goes wrong in its February
            case ValueKind.Date when vector.Days(row) is > -25_508 and < 2_932_897:
                Serial(vector.Days(row) + 25_569.0, " s=\"1\""u8);
                return;
            case ValueKind.DateTime when !vector.IsStruct && vector.Microseconds(row) / 86_400_000_000 is > -25_508 and < 2_932_897:
                Serial((vector.Microseconds(row) / 86_400_000_000.0) + 25_569.0, " s=\"2\""u8);
                return;
        }

        // As CSV has it: instants keep their offset.
        _cell.Clear();
        Utf8Values.Plain(_cell, vector, row, kind, ","u8);
        Text(_cell.Written);
    }

    private void Serial(double days, ReadOnlySpan<byte> style)
    {
        Span<byte> digits = stackalloc byte[32];
        days.TryFormat(digits, out var length, "0.##########", CultureInfo.InvariantCulture);
        Number(digits[..length], style);
    }

    private void Number(ReadOnlySpan<byte> digits, ReadOnlySpan<byte> style)
    {
        _xml.Write("<c"u8);
        _xml.Write(style);
        _xml.Write("><v>"u8);
        _xml.Write(digits);
        _xml.Write("</v></c>"u8);
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        _xml.Write("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8);
        // A character is at least a byte; only a text that may be too long for a cell is counted.
        if (text.Length > CharactersOfCell && Encoding.UTF8.GetCharCount(text) > CharactersOfCell)
        {
            text = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text)[..(CharactersOfCell - 2)].TrimEnd('\uD800', '\uDBFF') + "…");
        }

        Escape(_xml, text);
        _xml.Write("</t></is></c>"u8);
    }

    private static void Escape(Utf8Output output, ReadOnlySpan<byte> text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var escaped = c switch
            {
                (byte)'<' => "&lt;"u8,
                (byte)'>' => "&gt;"u8,
                (byte)'&' => "&amp;"u8,
                < 0x20 and not 0x09 and not 0x0A and not 0x0D => " "u8, // XML has no way to write it
                _ => default,
            };
            if (escaped.IsEmpty) continue;
            output.Write(text[start..i]);
            output.Write(escaped);
            start = i + 1;
        }

        output.Write(text[start..]);
    }

    private static byte[] Inline(string text)
    {
        var cell = new Utf8Output();
        cell.Write("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8);
        Escape(cell, Encoding.UTF8.GetBytes(text));
        cell.Write("</t></is></c>"u8);
        return cell.Written.ToArray();
    }

    private static int Digits(ReadOnlySpan<byte> number)
    {
        var digits = 0;
        foreach (var c in number)
        {
            if (char.IsAsciiDigit((char)c) && (digits > 0 || c != '0')) digits++;
        }

        return digits;
    }

    private void BeginSheet()
    {
        _sheets++;
        _sheet = _zip.CreateEntry($"xl/worksheets/sheet{_sheets}.xml", CompressionLevel.Fastest).Open();
        _xml.Write(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"u8
            + "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"u8);
        _xml.Write(_header);
        _rows = 1;
    }

    private void EndSheet()
    {
        _xml.Write("</sheetData></worksheet>"u8);
        FlushSheet();
        _sheet!.Dispose();
    }

    private void FlushSheet()
    {
        _sheet!.Write(_xml.Written);
        _xml.Clear();
    }

    private void Entry(string name, string xml)
    {
        using var entry = _zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        entry.Write(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml));
    }

    private string EachSheet(Func<string, string> part) =>
        string.Concat(Enumerable.Range(1, _sheets).Select(n => part(n.ToString(CultureInfo.InvariantCulture))));

    /// <summary>Lets a ZIP be written to a buffer that is sent elsewhere: ZipArchive writes synchronously, the network must not.</summary>
    private sealed class BufferStream(Utf8Output output) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => output.Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => output.Write(buffer);

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}

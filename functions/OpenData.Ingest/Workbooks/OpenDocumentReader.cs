using System.Globalization;
using System.Text;
using System.Xml;
using OpenData.Ingest.SafeXml;

namespace OpenData.Ingest.Workbooks;

/// <summary>The rows of an OpenDocument sheet. Rows and cells that are written once for many are read as many.</summary>
/// <param name="xml">The document, on the sheet's element; disposed with this.</param>
internal sealed class OpenDocumentReader(XmlReader xml) : XmlSheetReader(xml)
{
    /// <summary>Rows with values that one element may stand for.</summary>
    private const int MostRepeated = 65_536;

    private readonly int _sheet = xml.Depth;
    private readonly List<(int Column, int Columns, string? Text, long Rows)> _cells = [];
    private long _repeated;

    /// <inheritdoc/>
    protected override long? ReadRow(long before)
    {
        if (_repeated > 0)
        {
            _repeated--;
            Put(before + 1);
            return before + 1;
        }

        var row = before;
        while (Xml.Read() && Xml.Depth > _sheet)
        {
            if (Xml.NodeType != XmlNodeType.Element || !IsTable("table-row")) continue;
            var times = Number("number-rows-repeated") ?? 1;
            _cells.Clear();
            if (!Xml.IsEmptyElement) ReadCells();
            if (_cells.TrueForAll(cell => string.IsNullOrEmpty(cell.Text)))
            {
                row += times; // blank rows up to the end of the sheet are one element
                continue;
            }

            if (times > MostRepeated) throw ExcelProblems.Broken($"its row {row + 1} is repeated {times:n0} times");
            _repeated = times - 1;
            Put(row + 1);
            return row + 1;
        }

        return null;
    }

    private void Put(long row)
    {
        foreach (var (column, columns, text, rows) in _cells)
        {
            for (var i = 0; i < columns; i++) Put(row, column + i, text, rows);
        }
    }

    private void ReadCells()
    {
        var depth = Xml.Depth;
        long column = 0;
        while (Xml.Read() && Xml.Depth > depth)
        {
            if (Xml.NodeType != XmlNodeType.Element || Xml.Depth != depth + 1) continue;
            var isCovered = IsTable("covered-table-cell");
            if (!isCovered && !IsTable("table-cell")) continue;
            var columns = Number("number-columns-repeated") ?? 1;
            var rows = Number("number-rows-spanned") ?? 1;
            var text = isCovered ? Pass() : Value();
            if (!string.IsNullOrEmpty(text))
            {
                if (column + columns > MostColumns) throw ExcelProblems.Broken($"a row has more than {MostColumns:n0} cells");
                _cells.Add(((int)column, (int)columns, text, rows));
            }

            column += columns;
        }
    }

    private string? Pass()
    {
        if (Xml.IsEmptyElement) return null;
        var depth = Xml.Depth;
        while (Xml.Read() && Xml.Depth > depth)
        {
        }

        return null;
    }

    /// <summary>A cell's value: of numbers, days, times and truth values the stored one, which is exact where what is shown may be
    /// rounded.</summary>
    private string? Value()
    {
        var stored = Xml.GetAttribute("value-type", OpenDocumentBook.Office) switch
        {
            "float" or "currency" or "percentage" => Xml.GetAttribute("value", OpenDocumentBook.Office),
            "date" => Day(Xml.GetAttribute("date-value", OpenDocumentBook.Office)),
            "time" => Time(Xml.GetAttribute("time-value", OpenDocumentBook.Office)),
            "boolean" => Xml.GetAttribute("boolean-value", OpenDocumentBook.Office),
            _ => Xml.GetAttribute("string-value", OpenDocumentBook.Office),
        };
        var shown = Xml.IsEmptyElement ? null : Paragraphs();
        return stored ?? shown;
    }

    /// <summary>A day, or a moment without a zone: the format has none, though some programs write one.</summary>
    private static string? Day(string? written)
    {
        if (written is null) return null;
        written = written.TrimEnd('Z');
        if (written.EndsWith(".000", StringComparison.Ordinal)) written = written[..^4];
        return written.EndsWith("T00:00:00", StringComparison.Ordinal) ? written[..^9] : written;
    }

    /// <summary>A duration such as <c>PT10H30M00S</c> as <c>10:30:00</c>.</summary>
    private static string? Time(string? written)
    {
        try
        {
            return written is null ? null : ExcelTime.Write(XmlConvert.ToTimeSpan(written.Replace(',', '.')));
        }
        catch (FormatException)
        {
            return written;
        }
    }

    private string Paragraphs()
    {
        var depth = Xml.Depth;
        var text = new StringBuilder();
        var any = false;
        while (Xml.Read() && Xml.Depth > depth)
        {
            if (Xml.NodeType == XmlNodeType.Element && Xml.LocalName is "annotation" or "frame" or "shapes")
            {
                Pass();
            }
            else if (Xml.NodeType == XmlNodeType.Element && Xml.NamespaceURI == OpenDocumentBook.Texts)
            {
                switch (Xml.LocalName)
                {
                    case "p":
                        if (any) text.Append('\n');
                        any = true;
                        break;
                    case "s":
                        var spaces = int.TryParse(Xml.GetAttribute("c", OpenDocumentBook.Texts), NumberStyles.None,
                            CultureInfo.InvariantCulture, out var count) ? count : 1;
                        text.Append(' ', Math.Min(spaces, 1000));
                        break;
                    case "tab":
                        text.Append('\t');
                        break;
                    case "line-break":
                        text.Append('\n');
                        break;
                }
            }
            else if (Xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
            {
                text.AppendWithin(Xml);
            }
        }

        return text.ToString();
    }

    private bool IsTable(string name) => Xml.LocalName == name && Xml.NamespaceURI == OpenDocumentBook.Tables;

    private long? Number(string attribute) =>
        long.TryParse(Xml.GetAttribute(attribute, OpenDocumentBook.Tables), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : null;
}

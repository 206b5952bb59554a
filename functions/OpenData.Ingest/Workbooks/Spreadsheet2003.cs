using System.Globalization;
using System.Text;
using System.Xml;
using OpenData.Ingest.Records;
using OpenData.Ingest.SafeXml;

namespace OpenData.Ingest.Workbooks;

/// <summary>A workbook in the XML that Excel 2003 writes (SpreadsheetML 2003); many systems give it the name of an .xls file.</summary>
internal sealed class Spreadsheet2003 : SheetBook
{
    /// <summary>The namespace of its elements.</summary>
    public const string Namespace = "urn:schemas-microsoft-com:office:spreadsheet";

    private readonly Func<XmlReader> _open;

    /// <summary>Reads the names of the sheets.</summary>
    /// <param name="open">Opens the document.</param>
    public Spreadsheet2003(Func<XmlReader> open)
    {
        _open = open;
        var sheets = new List<Sheet>();
        using var xml = open();
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (IsOwn(xml, "Worksheet"))
            {
                Add(sheets, xml.GetAttribute("Name", Namespace), isHidden: false);
            }
            else if (xml.LocalName == "Visible" && sheets.Count > 0
                && xml.ReadElementContentAsString() is "SheetHidden" or "SheetVeryHidden")
            {
                sheets[^1] = sheets[^1] with { IsHidden = true };
            }
        }

        Sheets = sheets;
    }

    /// <inheritdoc/>
    public override string Format => "xml-spreadsheet";

    /// <inheritdoc/>
    public override IReadOnlyList<Sheet> Sheets { get; }

    /// <inheritdoc/>
    public override RecordReader Open(int sheet, ProblemLog problems)
    {
        var xml = _open();
        for (var i = -1; i < sheet && xml.Read();) i += xml.NodeType == XmlNodeType.Element && IsOwn(xml, "Worksheet") ? 1 : 0;
        return new Reader(xml, problems);
    }

    private static bool IsOwn(XmlReader xml, string name) => xml.LocalName == name && xml.NamespaceURI == Namespace;

    private sealed class Reader(XmlReader xml, ProblemLog problems) : XmlSheetReader(xml)
    {
        private readonly int _sheet = xml.Depth;

        protected override long? ReadRow(long before)
        {
            while (Xml.Read() && Xml.Depth > _sheet)
            {
                if (Xml.NodeType != XmlNodeType.Element || !IsOwn(Xml, "Row")) continue;
                var row = Number("Index") ?? before + 1;
                if (!Xml.IsEmptyElement) ReadCells(row);
                return row;
            }

            return null;
        }

        private void ReadCells(long row)
        {
            var depth = Xml.Depth;
            var column = 0;
            while (Xml.Read() && Xml.Depth > depth)
            {
                if (Xml.NodeType != XmlNodeType.Element || Xml.Depth != depth + 1 || !IsOwn(Xml, "Cell")) continue;
                column = (int)Math.Min((Number("Index") ?? column + 1) - 1, MostColumns);
                var (across, down) = (Number("MergeAcross") ?? 0, Number("MergeDown") ?? 0);
                Put(row, column, Xml.IsEmptyElement ? null : Value(row), down + 1);
                column += 1 + (int)Math.Min(across, MostColumns);
            }
        }

        private string? Value(long row)
        {
            var depth = Xml.Depth;
            string? value = null;
            while (Xml.Read() && Xml.Depth > depth)
            {
                // Comments have data of their own, one level deeper.
                if (Xml.NodeType != XmlNodeType.Element || Xml.Depth != depth + 1 || !IsOwn(Xml, "Data")) continue;
                var type = Xml.GetAttribute("Type", Namespace);
                var text = Text();
                if (type == "Error") problems.Add(ExcelProblems.ErrorCell($"in row {row}", text, row));
                value = type switch
                {
                    "DateTime" => Moment(text),
                    "Boolean" => text is "1" or "true" ? "true" : "false",
                    "Number" => text.Trim(),
                    "Error" => null,
                    _ => text,
                };
            }

            return value;
        }

        private string Text()
        {
            if (Xml.IsEmptyElement) return "";
            var depth = Xml.Depth;
            var text = new StringBuilder();
            while (Xml.Read() && Xml.Depth > depth)
            {
                var isText = Xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace
                    or XmlNodeType.SignificantWhitespace;
                if (isText) text.AppendWithin(Xml);
            }

            return text.ToString();
        }

        /// <summary>A day without its midnight, a time without the day that Excel begins with, or both.</summary>
        private static string Moment(string text)
        {
            text = text.TrimEnd('Z');
            if (text.EndsWith(".000", StringComparison.Ordinal)) text = text[..^4];
            if (text.StartsWith("1899-12-3", StringComparison.Ordinal) && text.Contains('T',
                StringComparison.Ordinal))
            {
                return text[(text.IndexOf('T', StringComparison.Ordinal) + 1)..];
            }
            return text.EndsWith("T00:00:00", StringComparison.Ordinal) ? text[..^9] : text;
        }

        private long? Number(string attribute) => long.TryParse(Xml.GetAttribute(attribute, Namespace), NumberStyles.None,
            CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}

using System.Xml;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Workbooks;

/// <summary>A workbook in OpenDocument (ISO/IEC 26300), as LibreOffice and Hancell write it: packed (.ods), or as one XML document
/// (.fods).</summary>
internal sealed class OpenDocumentBook : SheetBook
{
    /// <summary>The namespaces of its elements.</summary>
    internal const string Tables = "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        Office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        Texts = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";

    private const string Styles = "urn:oasis:names:tc:opendocument:xmlns:style:1.0";

    private readonly Func<XmlReader> _open;

    /// <summary>Reads the names of the sheets.</summary>
    /// <param name="format">The format's name: <c>ods</c> or <c>fods</c>.</param>
    /// <param name="open">Opens the document that holds the sheets.</param>
    /// <exception cref="UnreadableSourceException">It is damaged.</exception>
    public OpenDocumentBook(string format, Func<XmlReader> open)
    {
        (Format, _open) = (format, open);
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        var sheets = new List<Sheet>();
        var style = "";
        try
        {
            using var xml = open();
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element) continue;
                if (xml.LocalName == "style" && xml.NamespaceURI == Styles)
                {
                    style = Sheet.NameOf(xml.GetAttribute("name", Styles));
                }
                else if (xml.LocalName == "table-properties" && xml.GetAttribute("display", Tables) == "false")
                {
                    if (hidden.Count == TableLimits.Sheets) throw ExcelProblems.TooManySheets();
                    hidden.Add(style);
                }
                else if (IsSheet(xml))
                {
                    Add(sheets, xml.GetAttribute("name", Tables), hidden.Contains(Sheet.NameOf(xml.GetAttribute("style-name", Tables))));
                }
            }
        }
        catch (XmlException e)
        {
            throw ExcelProblems.Broken(e.Message.TrimEnd('.'));
        }

        Sheets = sheets;
    }

    /// <inheritdoc/>
    public override string Format { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Sheet> Sheets { get; }

    /// <inheritdoc/>
    public override RecordReader Open(int sheet, ProblemLog problems)
    {
        var xml = _open();
        for (var i = -1; i < sheet && xml.Read();) i += xml.NodeType == XmlNodeType.Element && IsSheet(xml) ? 1 : 0;
        return new OpenDocumentReader(xml);
    }

    /// <summary>Whether a reader stands on a table that is a sheet: others lie within cells, or hold what is read from other
    /// files.</summary>
    private static bool IsSheet(XmlReader xml) => xml.LocalName == "table" && xml.NamespaceURI == Tables && xml.Depth is 3;
}

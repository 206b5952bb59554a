using System.IO.Compression;

namespace OpenData.Tests.Ingest.Formats;

/// <summary>A workbook written by hand, part by part, so that a test says exactly what is in the file.</summary>
internal sealed class XlsxFile
{
    private readonly List<(string Name, string Data, string State)> _sheets = [];

    /// <summary>Format codes of the cell styles 1, 2, …; style 0 is General.</summary>
    public string[] Styles { get; init; } = [];

    public string[] Texts { get; init; } = [];

    public bool From1904 { get; init; }

    /// <summary>Adds a sheet by the XML of its rows.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="state">Whether people see it.</param>
    /// <param name="behind">What stands behind the rows, such as merged cells.</param>
    public XlsxFile Sheet(string name, string rows, string state = "visible", string behind = "")
    {
        _sheets.Add((name, $"<sheetData>{rows}</sheetData>{behind}", state));
        return this;
    }

    /// <summary>The XML of a row of texts; null is no cell.</summary>
    public static string Row(int number, params string?[] cells) => $"<row r='{number}'>" + string.Concat(cells.Select((cell, i) =>
        cell is null ? "" : double.TryParse(cell, out _) ? $"<c r='{(char)('A' + i)}{number}'><v>{cell}</v></c>"
            : $"<c r='{(char)('A' + i)}{number}' t='inlineStr'><is><t>{cell}</t></is></c>")) + "</row>";

    public byte[] ToBytes()
    {
        const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(
                "_rels/.rels",
                $"<Relationships xmlns='{Package}'><Relationship Id='r1' Type='{Relations}/officeDocument' "
                + "Target='xl/workbook.xml'/></Relationships>");
            Write("xl/workbook.xml", $"<workbook xmlns='{Main}' xmlns:r='{Relations}'><workbookPr date1904='{(From1904 ? 1 : 0)}'/><sheets>"
                + string.Concat(
                    _sheets.Select((sheet, i) => $"<sheet name='{sheet.Name}' sheetId='{i + 1}' state='{sheet.State}' r:id='s{i}'/>"))
                        + "</sheets></workbook>");
            Write("xl/_rels/workbook.xml.rels", $"<Relationships xmlns='{Package}'>"
                + string.Concat(
                    _sheets.Select(
                        (_, i) => $"<Relationship Id='s{i}' Type='{Relations}/worksheet' Target='worksheets/sheet{i + 1}.xml'/>"))
                + $"<Relationship Id='t' Type='{Relations}/styles' Target='styles.xml'/><Relationship Id='x' "
                + $"Type='{Relations}/sharedStrings' Target='/xl/sharedStrings.xml'/></Relationships>");
            Write("xl/styles.xml", $"<styleSheet xmlns='{Main}'><numFmts>"
                + string.Concat(
                    Styles.Select(
                        (code, i) => $"<numFmt numFmtId='{200 + i}' formatCode='{System.Security.SecurityElement.Escape(code)}'/>"))
                + "</numFmts><cellStyleXfs><xf numFmtId='0'/></cellStyleXfs><cellXfs><xf numFmtId='0'/>"
                + string.Concat(Styles.Select((_, i) => $"<xf numFmtId='{200 + i}'/>")) + "</cellXfs></styleSheet>");
            Write("xl/sharedStrings.xml", $"<sst xmlns='{Main}'>" + string.Concat(Texts.Select(text => $"<si>{text}</si>")) + "</sst>");
            for (var i = 0; i < _sheets.Count; i++)
            {
                Write($"xl/worksheets/sheet{i + 1}.xml", $"<worksheet xmlns='{Main}'>{_sheets[i].Data}</worksheet>");
            }

            void Write(string part, string xml)
            {
                using var writer = new StreamWriter(zip.CreateEntry(part).Open());
                writer.Write("<?xml version='1.0' encoding='UTF-8'?>" + xml);
            }
        }

        return bytes.ToArray();
    }
}

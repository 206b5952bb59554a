using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace OpenData.Tests.LocalHost.Check;

/// <summary>Small files that stand for much.</summary>
internal static class HostileFile
{
    private const string Sheet =
        "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
        + "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c></row>";

    private const string Workbook2003 =
        "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">";

    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private const string Package = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";

    /// <summary>Writes the file of a name.</summary>
    public static void Write(Stream file, string name)
    {
        const int Much = 64 << 20;
        switch (name)
        {
            case "corner.xlsx":
                Workbook(file, [Sheet, "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData></worksheet>"]);
                break;
            case "long-text.xlsx":
                Workbook(
                    file,
                    [
                        Sheet, "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>", .. Repeated("x", Much),
                        "</t></is></c></row></sheetData></worksheet>",
                    ]);
                break;
            case "long-attribute.xlsx":
                Workbook(file, [Sheet, "<row r=\"3\"><c r=\"A3\" x=\"", .. Repeated("x", Much), "\"/></row></sheetData></worksheet>"]);
                break;
            case "deep.xlsx":
                Workbook(file, [Sheet, "<row r=\"3\"><c r=\"A3\">", .. Repeated("<a>", Much)]);
                break;
            case "many-texts.xlsx":
                Workbook(file, [Sheet, "</sheetData></worksheet>"], ["<sst>", .. Repeated("<si/>", Much * 2), "</sst>"]);
                break;
            case "columns.csv":
                Put(file, [string.Join(',', Enumerable.Range(0, 1_000_000)), "\n", .. Repeated("1,", 2_000_000)]);
                break;
            case "commas.csv":
                Put(file, ["a,b,c\n", .. Repeated("1,2,3\n", 1 << 16), .. Repeated(",", 15 << 20)]);
                break;
            case "keys.ndjson":
                Put(file, Numbered(30_000, i => $"{{\"k{i}\":1}}\n"));
                break;
            case "keys.json":
                Put(file, ["[{", string.Join(',', Enumerable.Range(0, 30_000).Select(i => $"\"k{i}\":1")), "}]"]);
                break;
            case "long-value.json":
                Put(file, ["[{\"a\":1},{\"a\":\"", .. Repeated("x", Much), "\"}]"]);
                break;
            case "deep.json":
                Put(file, Repeated("[", 4 << 20));
                break;
            case "deep.xml":
                Put(file, Repeated("<r>", 8 << 20));
                break;
            case "long-text.xml":
                Put(file, ["<r><a><b>1</b></a><a><b>", .. Repeated("x", Much), "</b></a></r>"]);
                break;
            case "widest.csv":
                Wide(file, (row, column) => (row * column % 9973).ToString(CultureInfo.InvariantCulture));
                break;
            case "widest-texts.csv":
                Wide(file, (row, column) => $"a place {row / 2 * (column + 1) % 1500}");
                break;
            case "long-cells.csv":
                Put(file, ["a,b\n", .. Enumerable.Range(0, 40).Select(row => $"{row},{new string((char)('a' + (row % 26)), 1 << 20)}\n")]);
                break;
            case "cdata.xlsx":
                Workbook(
                    file,
                    [
                        Sheet, "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t><![CDATA[", .. Repeated("<a>", Much),
                        "]]></t></is></c></row>",
                    ]);
                break;
            case "cdata.xml":
                Put(file, ["<r><a><b>1</b></a><a><b><![CDATA[", .. Repeated("<a>", Much), "]]></b></a></r>"]);
                break;
            case "pieces.xlsx":
                Workbook(
                    file,
                    [Sheet, "<row r=\"3\"><c r=\"A3\"><v>", .. Repeated($"{new string('x', 60)}<a/>", Much), "</v></c></row>"]);
                break;
            case "shared-text.xlsx":
                Workbook(
                    file,
                    [Sheet, "<row r=\"3\">", .. Repeated("<c t=\"s\"><v>0</v></c>", 1 << 16), "</row></sheetData></worksheet>"],
                    ["<sst><si><t>", .. Repeated("x", 4 << 20), "</t></si></sst>"]);
                break;
            case "names.xml":
                Put(file, Numbered(1 << 21, i => $"{(i == 0 ? "<r>" : "")}<{"abcdefghijklmnop"[i % 16]} k{i}=''/>"));
                break;
            case "attributes.xml":
                Put(file, ["<r><a", .. Numbered(400_000, i => $" a{i}=''"), "/></r>"]);
                break;
            case "repeated.ods":
                OpenDocument(
                    file,
                    [
                        "<table:table-row><table:table-cell table:number-columns-repeated=\"3000\"><text:p>", .. Repeated("x", 1 << 20),
                        "</text:p></table:table-cell></table:table-row></table:table>",
                    ]);
                break;
            case "sheets.ods":
                OpenDocument(file, ["</table:table>", .. Repeated("<table:table/>", Much)]);
                break;
            case "deep.ods":
                OpenDocument(file, ["<table:table-row><table:table-cell>", .. Repeated("<text:p>", Much)]);
                break;
            case "sheets-2003.xml":
                Put(file, [Workbook2003, .. Repeated("<Worksheet/>", 8 << 20), "</Workbook>"]);
                break;
            case "cdata-2003.xml":
                Put(
                    file,
                    [
                        Workbook2003, "<Worksheet ss:Name=\"a\"><Table><Row><Cell><Data ss:Type=\"String\"><![CDATA[",
                        .. Repeated("</", Much), "]]></Data></Cell></Row></Table></Worksheet></Workbook>",
                    ]);
                break;
            case "styles.xlsb":
                // A record that begins the cells' formats, and then more formats than there can be.
                Xlsb(file, [0xE9, 0x04, 0x00], [0x2F, 0x04, 0, 0, 14, 0], Much);
                break;
            case "long-text.xlsb":
                Xlsb(file, [0x2C, 0xFF, 0xFF, 0xFF, 0x07], [.. new byte[64]], Much);
                break;
            case "tags.html":
                Put(file, ["<html><table><tr><td>a<td>b<tr><td>", .. Repeated("<b>", 15 << 20)]);
                break;
            case "entries.zip":
                using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
                {
                    foreach (var entry in Numbered(65_000, i => $"{i}")) zip.CreateEntry(entry, CompressionLevel.NoCompression);
                }

                break;
            case "keys-within.json":
                Put(file, ["["]);
                Put(file, Numbered(30_000, i => $"{{\"a\":{{\"k{i}\":{{\"b{i}\":1}}}}}},"));
                Put(file, ["{}]"]);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such file.");
        }
    }

    /// <summary>As many columns as a table may have.</summary>
    private static void Wide(Stream file, Func<int, int, string> cell)
    {
        var columns = Enumerable.Range(0, 3_000).ToArray();
        Put(file, [string.Join(',', columns.Select(i => $"c{i}")), "\n"]);
        Put(file, Enumerable.Range(0, 400).Select(row => string.Join(',', columns.Select(i => cell(row, i))) + "\n"));
    }

    private static IEnumerable<string> Numbered(int count, Func<int, FormattableString> text) =>
        Enumerable.Range(0, count).Select(i => FormattableString.Invariant(text(i)));

    private static IEnumerable<string> Repeated(string text, int bytes)
    {
        var block = string.Concat(Enumerable.Repeat(text, (1 << 16) / text.Length));
        for (var written = 0; written < bytes; written += block.Length) yield return block;
    }

    private static void Put(Stream file, IEnumerable<string> texts)
    {
        foreach (var text in texts) file.Write(Encoding.UTF8.GetBytes(text));
    }

    private static void OpenDocument(Stream file, IEnumerable<string> content)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        Part(zip, "mimetype", ["application/vnd.oasis.opendocument.spreadsheet"]);
        Part(
            zip,
            "content.xml",
            [
                "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
                    + " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""
                    + " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table>",
                .. content,
                "</office:spreadsheet></office:body></office:document-content>",
            ]);
    }

    private static void Xlsb(Stream file, byte[] first, byte[] record, int bytes)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        Part(
            zip,
            "_rels/.rels",
            [$"{Package}<Relationship Id=\"r\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.bin\"/></Relationships>"]);
        Part(zip, "xl/workbook.bin", []);
        Part(
            zip,
            "xl/_rels/workbook.bin.rels",
            [$"{Package}<Relationship Id=\"s\" Type=\"{Relations}/styles\" Target=\"styles.bin\"/></Relationships>"]);
        using var styles = zip.CreateEntry("xl/styles.bin", CompressionLevel.Fastest).Open();
        styles.Write(first);
        var block = Enumerable.Repeat(record, 4096).SelectMany(b => b).ToArray();
        for (var written = 0; written < bytes; written += block.Length) styles.Write(block);
    }

    private static void Part(ZipArchive zip, string name, IEnumerable<string> content)
    {
        using var part = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        Put(part, content);
    }

    private static void Workbook(Stream file, IEnumerable<string> sheet, IEnumerable<string>? texts = null)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        Part(
            zip,
            "_rels/.rels",
            [$"{Package}<Relationship Id=\"r\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"]);
        Part(
            zip,
            "xl/workbook.xml",
            [$"<workbook xmlns:r=\"{Relations}\"><sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>"]);
        Part(
            zip,
            "xl/_rels/workbook.xml.rels",
            [$"{Package}<Relationship Id=\"s\" Type=\"{Relations}/worksheet\" Target=\"sheet.xml\"/>"
                + $"<Relationship Id=\"t\" Type=\"{Relations}/sharedStrings\" Target=\"texts.xml\"/></Relationships>"]);
        Part(zip, "xl/sheet.xml", sheet);
        if (texts is not null) Part(zip, "xl/texts.xml", texts);
    }
}

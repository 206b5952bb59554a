using System.Globalization;
using System.IO.Compression;
using System.Xml;
using OpenData.Ingest.Packing;
using OpenData.Ingest.Records;
using OpenData.Ingest.SafeXml;

namespace OpenData.Ingest.Workbooks;

/// <summary>One sheet of a workbook.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Part">Its path in the package.</param>
/// <param name="Hidden">Whether people do not see it.</param>
internal sealed record XlsxSheet(string Name, string Part, bool Hidden);

/// <summary>What all sheets of an XLSX file share: the list of them, the texts, and which styles show days and times.</summary>
internal sealed class XlsxWorkbook
{
    private XlsxWorkbook(IReadOnlyList<XlsxSheet> sheets, bool from1904, ExcelFormat[] styles, XlsxTexts texts) =>
        (Sheets, From1904, Styles, Texts) = (sheets, from1904, styles, texts);

    /// <summary>The sheets in the order of their tabs.</summary>
    public IReadOnlyList<XlsxSheet> Sheets { get; }

    /// <summary>Whether days are counted from 1904-01-01 and not from 1900-01-01.</summary>
    public bool From1904 { get; }

    /// <summary>How each cell style shows a number.</summary>
    public IReadOnlyList<ExcelFormat> Styles { get; }

    /// <summary>The texts that cells refer to by number.</summary>
    public XlsxTexts Texts { get; }

    /// <summary>Reads the workbook from its package.</summary>
    /// <exception cref="UnreadableSourceException">It is no workbook that we can read.</exception>
    /// <exception cref="XmlException">A part of it is not XML.</exception>
    public static XlsxWorkbook Read(ZipArchive package)
    {
        var workbook = WorkbookPart(package);
        var relations = Relations(package, workbook);
        var (sheets, from1904) = ReadSheets(package, workbook, relations);
        var formats = Part(relations, "/styles") is { } styles ? ReadStyles(package, styles) : [];
        var texts = new XlsxTexts();
        if (Part(relations, "/sharedStrings") is { } strings && Find(package, strings) is { } entry)
        {
            using var xml = Open(entry);
            texts.Read(xml);
        }

        return new XlsxWorkbook(sheets, from1904, formats, texts);
    }

    /// <summary>The path of the part that lists the sheets.</summary>
    /// <exception cref="UnreadableSourceException">The package names none.</exception>
    public static string WorkbookPart(ZipArchive package) =>
        Part(Relations(package, ""), "/officeDocument") ?? throw ExcelProblems.Broken("it names no workbook");

    /// <summary>Opens a part's XML.</summary>
    /// <param name="entry">The part.</param>
    /// <param name="owner">The package, where it is to be disposed with the reader.</param>
    /// <exception cref="UnreadableSourceException">The part cannot be unpacked.</exception>
    public static XmlReader Open(ZipArchiveEntry entry, IDisposable? owner = null)
    {
        try
        {
            return BoundedXmlReader.Open(ZipContent.Open(entry, owner));
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            owner?.Dispose();
            throw ExcelProblems.Broken($"its part {entry.FullName} cannot be unpacked");
        }
    }

    /// <summary>Finds a part; Excel itself minds neither case nor a leading slash.</summary>
    public static ZipArchiveEntry? Find(ZipArchive package, string part) =>
        package.GetEntry(part) ?? package.Entries.FirstOrDefault(entry =>
            entry.FullName.Replace('\\', '/').TrimStart('/').Equals(part, StringComparison.OrdinalIgnoreCase));

    private static (IReadOnlyList<XlsxSheet>, bool From1904) ReadSheets(
        ZipArchive package, string part, Dictionary<string, (string Type, string Target)> relations)
    {
        var sheets = new List<XlsxSheet>();
        var from1904 = false;
        using var xml = Open(Find(package, part) ?? throw ExcelProblems.Broken("its workbook is missing"));
        while (xml.Read())
        {
            // Extensions repeat names in namespaces of their own, and deeper.
            if (xml.NodeType != XmlNodeType.Element || !IsMain(xml.NamespaceURI)) continue;
            if (xml.LocalName == "workbookPr" && xml.Depth == 1) from1904 |= xml.GetAttribute("date1904") is "1" or "true" or "on";
            if (xml.LocalName != "sheet" || xml.Depth != 2) continue;
            if (sheets.Count == TableLimits.Sheets) throw ExcelProblems.TooManySheets();
            var id = Attribute(xml, "id");
            if (id is not null && relations.TryGetValue(id, out var relation)
                && relation.Type.EndsWith("/worksheet", StringComparison.Ordinal))
            {
                sheets.Add(
                    new XlsxSheet(
                        Sheet.NameOf(xml.GetAttribute("name")), relation.Target, xml.GetAttribute("state") is "hidden" or "veryHidden"));
            }
        }

        return (sheets, from1904);
    }

    /// <summary>
    /// Whether a namespace is that of workbooks, in one of the two flavours of the standard; programs that leave it out mean it too.
    /// </summary>
    public static bool IsMain(string uri) =>
        uri is "http://schemas.openxmlformats.org/spreadsheetml/2006/main" or "http://purl.oclc.org/ooxml/spreadsheetml/main" or "";

    // The id of the relation is in a namespace that differs between the two flavours of the standard.
    private static string? Attribute(XmlReader xml, string localName)
    {
        for (var more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
        {
            if (xml.LocalName != localName || xml.Prefix.Length == 0) continue;
            var value = xml.Value;
            xml.MoveToElement();
            return value;
        }

        xml.MoveToElement();
        return null;
    }

    private static ExcelFormat[] ReadStyles(ZipArchive package, string part)
    {
        if (Find(package, part) is not { } entry) return [];
        var codes = new Dictionary<int, string>();
        var styles = new List<ExcelFormat>();
        var inCells = false;
        using var xml = Open(entry);
        while (xml.Read())
        {
            if (xml.LocalName == "cellXfs") inCells = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "numFmt" && Number(xml, "numFmtId") is { } defined)
            {
                codes[defined] = ExcelFormat.CodeOf(xml.GetAttribute("formatCode"));
            }
            if (xml.LocalName == "xf" && inCells)
            {
                if (styles.Count == ExcelFormat.MostStyles || codes.Count > ExcelFormat.MostStyles) throw ExcelProblems.TooManyStyles();
                var id = Number(xml, "numFmtId") ?? 0;
                styles.Add(codes.TryGetValue(id, out var code) ? ExcelFormat.Of(code) : ExcelFormat.BuiltIn(id));
            }
        }

        return [.. styles];
    }

    private static int? Number(XmlReader xml, string attribute) =>
        int.TryParse(xml.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The target of the first relation of a type.</summary>
    public static string? Part(Dictionary<string, (string Type, string Target)> relations, string type) =>
        relations.Values.FirstOrDefault(relation => relation.Type.EndsWith(type, StringComparison.Ordinal)).Target;

    /// <summary>What a part refers to, by relation id; the targets as paths from the package's root.</summary>
    public static Dictionary<string, (string Type, string Target)> Relations(ZipArchive package, string part)
    {
        var slash = part.LastIndexOf('/') + 1;
        var relations = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        if (Find(package, $"{part[..slash]}_rels/{part[slash..]}.rels") is not { } entry) return relations;
        using var xml = Open(entry);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "Relationship") continue;
            if (xml.GetAttribute("Id") is not { } id
                || xml.GetAttribute("Target") is not { } target || xml.GetAttribute("TargetMode") == "External")
            {
                continue;
            }
            relations[id] = (xml.GetAttribute("Type") ?? "", Resolve(part[..slash], target));
        }

        return relations;
    }

    private static string Resolve(string folder, string target)
    {
        if (target.StartsWith('/')) return target[1..];
        var steps = new List<string>();
        foreach (var step in (folder + target).Split('/'))
        {
            if (step == ".." && steps.Count > 0) steps.RemoveAt(steps.Count - 1);
            else if (step is not ("." or "" or "..")) steps.Add(step);
        }

        return string.Join('/', steps);
    }
}

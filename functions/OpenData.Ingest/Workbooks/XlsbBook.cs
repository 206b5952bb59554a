using System.IO.Compression;
using OpenData.Ingest.Packing;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Workbooks;

/// <summary>A workbook in Excel's binary package, XLSB ([MS-XLSB]).</summary>
internal sealed class XlsbBook : SheetBook
{
    private const int WorkbookProperties = 153, BundledSheet = 156, FormatCode = 44, CellFormat = 47, BeginCellFormats = 617,
        EndCellFormats = 618, SharedText = 19;

    private readonly SourceContent _source;
    private readonly List<string> _parts = [];
    private readonly XlsbShared _shared;

    /// <summary>Reads what the sheets share.</summary>
    /// <exception cref="UnreadableSourceException">It is no workbook that we can read.</exception>
    public XlsbBook(SourceContent source)
    {
        _source = source;
        using var package = Open();
        try
        {
            var workbook = XlsxWorkbook.WorkbookPart(package);
            var relations = XlsxWorkbook.Relations(package, workbook);
            (Sheets, var from1904) = ReadSheets(package, workbook, relations);
            _shared = new XlsbShared(from1904, ReadStyles(package, relations), ReadTexts(package, relations));
        }
        catch (Exception e) when (IsOfData(e))
        {
            throw ExcelProblems.Broken(e.Message.TrimEnd('.'));
        }
    }

    /// <inheritdoc/>
    public override string Format => "xlsb";

    /// <inheritdoc/>
    public override IReadOnlyList<Sheet> Sheets { get; }

    /// <inheritdoc/>
    public override RecordReader Open(int sheet, ProblemLog problems)
    {
        var package = Open();
        try
        {
            return new XlsbRecordReader(Part(package, _parts[sheet]), package, _shared, MergedIn(sheet), problems);
        }
        catch (Exception e) when (IsOfData(e))
        {
            package.Dispose();
            throw ExcelProblems.Broken(e.Message.TrimEnd('.'));
        }
    }

    /// <summary>Whether damaged data raises it.</summary>
    internal static bool IsOfData(Exception e) => e is InvalidDataException or EndOfStreamException or NotSupportedException;

    private ZipArchive Open() => ZipContent.Open(_source, ExcelProblems.Broken("it is damaged or was cut off during its upload"));

    private static XlsbRecords Part(ZipArchive package, string path) =>
        new(ZipContent.Open(XlsxWorkbook.Find(package, path) ?? throw new InvalidDataException($"its part {path} is missing")));

    private (List<Sheet>, bool From1904) ReadSheets(ZipArchive package, string workbook, Dictionary<string, (string Type,
        string Target)> relations)
    {
        var sheets = new List<Sheet>();
        var from1904 = false;
        using var records = Part(package, workbook);
        while (records.Read())
        {
            if (records.Type == WorkbookProperties) from1904 = (records.At(0) & 1) != 0;
            if (records.Type != BundledSheet) continue;
            var (state, at) = (records.Number(0), 8);
            var id = records.Text(ref at);
            var name = records.Text(ref at);
            if (!relations.TryGetValue(id, out var relation) || !relation.Type.EndsWith("/worksheet", StringComparison.Ordinal)) continue;
            if (XlsxWorkbook.Find(package, relation.Target) is null) continue;
            Add(sheets, name, state != 0);
            _parts.Add(relation.Target);
        }

        return (sheets, from1904);
    }

    private static List<ExcelFormat> ReadStyles(ZipArchive package, Dictionary<string, (string Type, string Target)> relations)
    {
        var styles = new List<ExcelFormat>();
        if (XlsxWorkbook.Part(relations, "/styles") is not { } part || XlsxWorkbook.Find(package, part) is null) return styles;
        var codes = new Dictionary<int, string>();
        var inCells = false;
        using var records = Part(package, part);
        while (records.Read())
        {
            var at = 2;
            switch (records.Type)
            {
                case FormatCode:
                    codes[records.At(0) | records.At(1) << 8] = ExcelFormat.CodeOf(records.Text(ref at));
                    break;
                case BeginCellFormats or EndCellFormats:
                    inCells = records.Type == BeginCellFormats;
                    break;
                case CellFormat when inCells:
                    if (styles.Count == ExcelFormat.MostStyles) throw ExcelProblems.TooManyStyles();
                    var id = records.At(2) | records.At(3) << 8;
                    styles.Add(codes.TryGetValue(id, out var code) ? ExcelFormat.Of(code) : ExcelFormat.BuiltIn(id));
                    break;
            }
        }

        return styles;
    }

    private static XlsxTexts ReadTexts(ZipArchive package, Dictionary<string, (string Type, string Target)> relations)
    {
        var texts = new XlsxTexts();
        if (XlsxWorkbook.Part(relations, "/sharedStrings") is not { } part || XlsxWorkbook.Find(package, part) is null) return texts;
        using var records = Part(package, part);
        while (records.Read())
        {
            var at = 1;
            if (records.Type == SharedText) texts.Add(records.Text(ref at));
        }

        return texts;
    }
}

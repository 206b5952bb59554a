using System.Xml;
using OpenData.Ingest.Packing;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Workbooks;

/// <summary>An XLSX file (ECMA-376).</summary>
internal sealed class XlsxBook : SheetBook
{
    private readonly SourceContent _source;
    private readonly XlsxWorkbook _workbook;

    /// <summary>Reads what the sheets share.</summary>
    /// <exception cref="UnreadableSourceException">It is no workbook that we can read.</exception>
    public XlsxBook(SourceContent source)
    {
        _source = source;
        using var package = ZipContent.Open(_source, CutOff);
        try
        {
            _workbook = XlsxWorkbook.Read(package);
        }
        catch (XmlException e)
        {
            throw ExcelProblems.Broken(e.Message.TrimEnd('.'));
        }

        Sheets = [.. _workbook.Sheets.Select(sheet => new Sheet(sheet.Name, sheet.Hidden || XlsxWorkbook.Find(package,
            sheet.Part) is null))];
    }

    /// <inheritdoc/>
    public override string Format => "xlsx";

    /// <inheritdoc/>
    public override IReadOnlyList<Sheet> Sheets { get; }

    private static UnreadableSourceException CutOff => ExcelProblems.Broken("it is damaged or was cut off during its upload");

    /// <inheritdoc/>
    public override RecordReader Open(int sheet, ProblemLog problems)
    {
        var package = ZipContent.Open(_source, CutOff);
        try
        {
            var part = XlsxWorkbook.Find(package, _workbook.Sheets[sheet].Part);
            return part is null ? NoRows() : new XlsxRecordReader(package, XlsxWorkbook.Open(part), _workbook, MergedIn(sheet), problems);
        }
        catch (XmlException e)
        {
            package.Dispose();
            throw ExcelProblems.Broken(e.Message.TrimEnd('.'));
        }

        RecordReader NoRows()
        {
            package.Dispose();
            return new GridRecordSource(Format, encoding: null, [], _ => { }).Open(problems);
        }
    }
}

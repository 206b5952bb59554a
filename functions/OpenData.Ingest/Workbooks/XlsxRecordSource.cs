using System.IO.Compression;
using System.Xml;
using OpenData.Ingest.Packing;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Workbooks;

/// <summary>The first sheet with data of an XLSX file; a sheet that people see goes before one that is hidden.</summary>
internal sealed class XlsxRecordSource : RecordSource
{
    private readonly SourceContent _source;
    private readonly XlsxWorkbook _workbook;
    private readonly XlsxSheet _sheet;
    private readonly IReadOnlyList<XlsxSheet> _others;

    /// <summary>Reads what the sheets share, and finds the sheet.</summary>
    /// <exception cref="UnreadableSourceException">It is no workbook that we can read, or one without data.</exception>
    public XlsxRecordSource(SourceContent source)
    {
        _source = source;
        using var package = ZipContent.Open(_source, ExcelProblems.Broken("it is damaged or was cut off during its upload"));
        try
        {
            _workbook = XlsxWorkbook.Read(package);
            var withData = _workbook.Sheets.OrderBy(sheet => sheet.Hidden).Where(sheet => HasData(package, sheet)).ToList();
            if (withData.Count == 0) throw ExcelProblems.NoData();
            _sheet = withData[0];
            _others = withData[1..];
        }
        catch (XmlException e)
        {
            throw ExcelProblems.Broken(e.Message.TrimEnd('.'));
        }
    }

    /// <inheritdoc/>
    public override string Format => "xlsx";

    /// <inheritdoc/>
    public override bool EndsWithLastCell => true;

    /// <inheritdoc/>
    public override RecordReader Open(ProblemLog problems)
    {
        foreach (var other in _others.Where(sheet => !sheet.Hidden)) problems.Add(ExcelProblems.OtherSheet(other.Name, _sheet.Name));
        var package = ZipContent.Open(_source, ExcelProblems.Broken("it is damaged or was cut off during its upload"));
        return new XlsxRecordReader(package, XlsxWorkbook.Open(XlsxWorkbook.Find(package, _sheet.Part)!), _workbook, problems);
    }

    private bool HasData(ZipArchive package, XlsxSheet sheet)
    {
        if (XlsxWorkbook.Find(package, sheet.Part) is not { } entry) return false;
        using var reader = new XlsxRecordReader(null, XlsxWorkbook.Open(entry), _workbook, new ProblemLog());
        while (reader.Read())
        {
            if (reader.Count > 0) return true;
        }

        return false;
    }
}

using OpenData.Ingest.Packing;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Workbooks;

/// <summary>A workbook of Excel 2 to 2003 (.xls), read by ExcelDataReader.</summary>
internal sealed class XlsBook : SheetBook
{
    private readonly LocalCopy _file;
    /// <summary>Reads the names of the sheets.</summary>
    /// <param name="source">The file.</param>
    /// <exception cref="UnreadableSourceException">It is no workbook that we can read.</exception>
    public XlsBook(SourceContent source)
    {
        _file = LocalCopy.Of(source);
        try
        {
            Sheets = XlsWorkbook.Guard(Names);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override string Format => "xls";

    /// <inheritdoc/>
    public override IReadOnlyList<Sheet> Sheets { get; }

    /// <inheritdoc/>
    public override RecordReader Open(int sheet, ProblemLog problems) =>
        XlsWorkbook.Guard(() => new XlsRecordReader(XlsWorkbook.Open(_file.Path), sheet));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }

    private List<Sheet> Names()
    {
        var sheets = new List<Sheet>();
        using var workbook = XlsWorkbook.Open(_file.Path);
        do sheets.Add(new Sheet(workbook.Name ?? "", workbook.VisibleState is not (null or "visible")));
        while (workbook.NextResult());
        return sheets;
    }
}

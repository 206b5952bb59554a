using ExcelDataReader;
using OpenData.Ingest.Packing;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Workbooks;

/// <summary>The first sheet with data of an XLS file, read by ExcelDataReader; a sheet that people see goes before one that is hidden.</summary>
internal sealed class XlsRecordSource : RecordSource
{
    private readonly LocalCopy _file;
    private readonly int _sheet;
    private readonly string _name;
    private readonly IReadOnlyList<string> _others;

    /// <summary>Opens the workbook and finds the sheet.</summary>
    /// <exception cref="UnreadableSourceException">It is no workbook that we can read, or one without data.</exception>
    public XlsRecordSource(SourceContent source)
    {
        _file = LocalCopy.Of(source);
        try
        {
            var withData = XlsWorkbook.Guard(SheetsWithData);
            if (withData.Count == 0) throw ExcelProblems.NoData();
            (_sheet, _name, _) = withData[0];
            _others = [.. withData.Skip(1).Where(sheet => !sheet.Hidden).Select(sheet => sheet.Name)];
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
    public override bool EndsWithLastCell => true;

    /// <inheritdoc/>
    public override RecordReader Open(ProblemLog problems)
    {
        foreach (var other in _others) problems.Add(ExcelProblems.OtherSheet(other, _name));
        return XlsWorkbook.Guard(() => new XlsRecordReader(XlsWorkbook.Open(_file.Path), _sheet));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }

    private List<(int Index, string Name, bool Hidden)> SheetsWithData()
    {
        var sheets = new List<(int Index, string Name, bool Hidden)>();
        using var workbook = XlsWorkbook.Open(_file.Path);
        for (var index = 0; ; index++)
        {
            if (HasData(workbook)) sheets.Add((index, workbook.Name ?? "", workbook.VisibleState is not (null or "visible")));
            if (!workbook.NextResult()) return [.. sheets.OrderBy(sheet => sheet.Hidden)];
        }
    }

    private static bool HasData(IExcelDataReader workbook)
    {
        while (XlsWorkbook.Read(workbook))
        {
            for (var i = 0; i < workbook.FieldCount; i++)
            {
                if (workbook.GetValue(i) is not (null or "")) return true;
            }
        }

        return false;
    }
}

using OpenData.Ingest.Records;

namespace OpenData.Ingest.Workbooks;

/// <summary>The first sheet with data of a workbook; a sheet that people see goes before one that is hidden.</summary>
internal sealed class WorkbookRecordSource : RecordSource
{
    private readonly SheetBook _book;
    private readonly int _sheet;
    private readonly IReadOnlyList<string> _others;

    /// <summary>Finds the sheet.</summary>
    /// <param name="book">The workbook; disposed with this.</param>
    /// <exception cref="UnreadableSourceException">It holds no data.</exception>
    public WorkbookRecordSource(SheetBook book)
    {
        _book = book;
        try
        {
            List<int> withData = [.. Enumerable.Range(0, book.Sheets.Count).OrderBy(i => book.Sheets[i].IsHidden).Where(HasData)];
            if (withData.Count == 0) throw ExcelProblems.NoData();
            _sheet = withData[0];
            _others = [.. withData.Skip(1).Where(i => !book.Sheets[i].IsHidden).Select(i => book.Sheets[i].Name)];
        }
        catch
        {
            book.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override string Format => _book.Format;

    /// <inheritdoc/>
    public override bool EndsWithLastCell => true;

    /// <inheritdoc/>
    public override RecordReader Open(ProblemLog problems)
    {
        foreach (var other in _others) problems.Add(ExcelProblems.OtherSheet(other, _book.Sheets[_sheet].Name));
        return _book.Open(_sheet, problems);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _book.Dispose();
        base.Dispose(disposing);
    }

    private bool HasData(int sheet)
    {
        using var reader = _book.Open(sheet, new ProblemLog());
        while (reader.Read())
        {
            for (var i = 0; i < reader.Count; i++)
            {
                if (!reader.Cell(i).IsEmpty) return true;
            }
        }

        return false;
    }
}

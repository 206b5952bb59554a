using System.Globalization;
using OpenData.Catalog;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Workbooks;

/// <summary>The sheet of a workbook that holds the data: the declared one, else the one recognised by its content.</summary>
internal sealed class WorkbookRecordSource : RecordSource
{
    private readonly SheetBook _book;
    private readonly SheetSource _sheet;
    private readonly List<(string Name, bool IsData)> _others = [];
    private readonly string _name;

    /// <summary>Finds the sheet.</summary>
    /// <param name="book">The workbook; disposed with this.</param>
    /// <param name="declaration">What the agency declares, or null.</param>
    /// <exception cref="UnreadableSourceException">It holds no data, or not the sheet that is declared.</exception>
    public WorkbookRecordSource(SheetBook book, IngestDeclaration? declaration = null)
    {
        _book = book;
        try
        {
            var sheet = declaration?.Sheet is { } declared ? Named(declared) : Choose();
            _name = book.Sheets[sheet].Name;
            _sheet = new SheetSource(book, sheet, SheetRange.TryParse(declaration?.Range, out var range) ? range : null);
            _sheet.TakeNews(); // whoever reads the sheet from now on sees it
        }
        catch
        {
            book.Dispose();
            throw;
        }
    }

    /// <summary>The name of the sheet that is read.</summary>
    public string SheetName => _name;

    /// <inheritdoc/>
    public override string Format => _book.Format;

    /// <inheritdoc/>
    public override bool EndsWithLastCell => true;

    /// <inheritdoc/>
    public override RecordReader Open(ProblemLog problems)
    {
        foreach (var (name, isData) in _others)
        {
            problems.Add(isData ? ExcelProblems.OtherSheet(name, _name) : ExcelProblems.NotesSheet(name, _name));
        }

        return _sheet.Open(problems);
    }

    /// <inheritdoc/>
    public override bool TakeNews() => _sheet.TakeNews();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _book.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>A sheet by its name, or else by its number from 1.</summary>
    private int Named(string declared)
    {
        var sheets = _book.Sheets;
        var named = Enumerable.Range(0, sheets.Count)
            .Where(i => sheets[i].Name.Trim().Equals(declared.Trim(), StringComparison.OrdinalIgnoreCase)).ToList();
        if (named.Count > 0) return named[0];
        return int.TryParse(declared, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1 && number <= sheets.Count
            ? number - 1
            : throw ExcelProblems.NoSuchSheet(declared, [.. sheets.Select(sheet => sheet.Name)]);
    }

    /// <summary>
    /// The sheet with the most evidence; of those that have nearly as much, the largest. A sheet that people see goes before one that is
    /// hidden.
    /// </summary>
    private int Choose()
    {
        // Nothing is to be weighed where people see one sheet only.
        var seen = Enumerable.Range(0, _book.Sheets.Count).Where(i => !_book.Sheets[i].IsHidden).ToList();
        if (seen.Count == 1 && HasData(seen[0])) return seen[0];

        var visible = Weigh(isHidden: false);
        var sheets = visible.Count > 0 ? visible : Weigh(isHidden: true);
        if (sheets.Count == 0) throw ExcelProblems.NoData();

        var best = sheets.MaxBy(sheet => sheet.Evidence.Weight).Evidence;
        var rivals = sheets.Where(sheet => sheet.Evidence == best || sheet.Evidence.IsRivalOf(best)).ToList();
        var chosen = rivals.MaxBy(sheet => sheet.Evidence.Rows * sheet.Evidence.Columns).Sheet;
        foreach (var (sheet, evidence) in visible)
        {
            if (sheet != chosen) _others.Add((_book.Sheets[sheet].Name, evidence == best || evidence.IsRivalOf(best)));
        }

        return chosen;
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

    private List<(int Sheet, SheetEvidence Evidence)> Weigh(bool isHidden) =>
    [
        .. Enumerable.Range(0, _book.Sheets.Count).Where(i => _book.Sheets[i].IsHidden == isHidden)
            .Select(i => (i, SheetEvidence.Of(_book, i))).Where(sheet => sheet.Item2.Weight > 0),
    ];
}

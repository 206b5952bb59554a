using OpenData.Ingest.Records;

namespace OpenData.Ingest.Workbooks;

/// <summary>One sheet of a workbook.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsHidden">Whether people do not see it.</param>
internal sealed record Sheet(string Name, bool IsHidden)
{
    private const int LongestName = 255; // Excel allows 31 characters, others more

    /// <summary>A sheet's name, cut where it is longer than programs allow.</summary>
    public static string NameOf(string? name) => name is null ? "" : name.Length > LongestName ? name[..LongestName] : name;
}

/// <summary>The sheets of a workbook, whatever its format: each can be read any number of times.</summary>
internal abstract class SheetBook : IDisposable
{
    private readonly Dictionary<int, MergedCells> _merged = [];

    /// <summary>The format's name, such as <c>xlsx</c>.</summary>
    public abstract string Format { get; }

    /// <summary>The sheets in the order of their tabs.</summary>
    public abstract IReadOnlyList<Sheet> Sheets { get; }

    /// <summary>The cells of a sheet that are merged over several rows, as far as they are known.</summary>
    public MergedCells MergedIn(int sheet) =>
        _merged.TryGetValue(sheet, out var merged) ? merged : _merged[sheet] = new MergedCells();

    /// <summary>Opens a sheet at its first row; a row's line is its number in the sheet.</summary>
    /// <param name="sheet">The sheet's place in <see cref="Sheets"/>.</param>
    /// <param name="problems">Takes the deviations.</param>
    public abstract RecordReader Open(int sheet, ProblemLog problems);

    /// <summary>Adds a sheet to those that were found.</summary>
    /// <exception cref="UnreadableSourceException">There are too many.</exception>
    protected static void Add(List<Sheet> sheets, string? name, bool isHidden)
    {
        if (sheets.Count == TableLimits.Sheets) throw ExcelProblems.TooManySheets();
        sheets.Add(new Sheet(Sheet.NameOf(name), isHidden));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the workbook holds, such as a temporary file.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}

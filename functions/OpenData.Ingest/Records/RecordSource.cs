using OpenData.Catalog;

namespace OpenData.Ingest.Records;

/// <summary>
/// A file seen as records, whatever its format: it can be read from the beginning any number of times, and says the same
/// each time. Typing needs at most two readings.
/// </summary>
internal abstract class RecordSource : IDisposable
{
    /// <summary>The format's name, such as <c>csv</c>, <c>json</c>, <c>xlsx</c>.</summary>
    public abstract string Format { get; }

    /// <summary>The character encoding's name, or null where the format fixes it.</summary>
    public virtual string? Encoding => null;

    /// <summary>
    /// The labels, where the format itself names its fields (JSON, Parquet): every record is then data. Null where the
    /// header is a record like any other and has to be found (CSV, Excel).
    /// </summary>
    public virtual IReadOnlyList<string>? Labels => null;

    /// <summary>
    /// Whether a record ends with its last filled cell (Excel), so that a shorter one lacks nothing. Where false, each record is to have as
    /// many cells as the table.
    /// </summary>
    public virtual bool EndsWithLastCell => false;

    /// <summary>The points that the format itself says two fields are (GeoJSON).</summary>
    public virtual IReadOnlyList<PointDeclaration> Points => [];

    /// <summary>
    /// Whether a reading that went to the end has shown what changes its own rows (cells that a sheet merges): they have to be read again.
    /// Reports it once.
    /// </summary>
    public virtual bool TakeNews() => false;

    /// <summary>Opens the records at the first one.</summary>
    /// <param name="problems">Takes the deviations met on this reading.</param>
    public abstract RecordReader Open(ProblemLog problems);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the source holds, such as a temporary file.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}

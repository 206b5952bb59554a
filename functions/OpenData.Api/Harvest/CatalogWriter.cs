namespace OpenData.Api.Harvest;

/// <summary>
/// Writes the catalogue in one of the harvesters' formats, dataset by dataset, so that memory does not grow with the catalogue.
/// </summary>
internal abstract class CatalogWriter : IDisposable
{
    /// <summary>Writes what comes before the first dataset.</summary>
    public abstract void Begin(HarvestedCatalog catalog);

    public abstract void Write(HarvestedDataset dataset);

    /// <summary>Writes what comes after the last dataset.</summary>
    public abstract void End();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}

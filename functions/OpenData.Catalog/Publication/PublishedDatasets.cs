using System.Runtime.CompilerServices;
using OpenData.Lake;

namespace OpenData.Catalog.Publication;

/// <summary>The catalogue as a viewer may know it. Whatever answers callers asks here, never the catalogue itself.</summary>
public sealed class PublishedDatasets(DatasetCatalog catalog, TimeProvider time)
{
    /// <summary>A dataset whose description everybody may see and that has a version; otherwise null.</summary>
    public async Task<DatasetEntry?> FindAsync(DatasetId id, CancellationToken cancellation = default) =>
        await catalog.FindAsync(id, cancellation) is { Current: not null } entry && Of(entry).Allows(DatasetParts.Metadata) ? entry : null;

    /// <summary>The datasets that are in everybody's catalogue, by agency and name.</summary>
    public async IAsyncEnumerable<DatasetEntry> ListAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var entry in catalog.ListAsync(cancellation))
        {
            if (Of(entry).Allows(DatasetParts.Listed)) yield return entry;
        }
    }

    private Visibility Of(DatasetEntry entry) => Visibility.Of(entry, Viewer.Anybody, time.GetUtcNow());
}

using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpenData.Catalog;
using OpenData.Catalog.Publication;
using OpenData.DuckDb;
using OpenData.Lake;

namespace OpenData.Query.Subjects;

/// <summary>
/// Finds the subject of a query. A row of the catalogue is reused for a second, and concurrent requests wait for the same read,
/// so that
/// a busy dataset costs one table read a second; a version's own contents never change.
/// </summary>
internal sealed class SubjectFinder(
    Storage storage, DatasetCatalog catalog, ParquetCache cache, Database duckDb, TimeProvider time, ILogger? logger) : IDisposable
{
    private const int MaxRemembered = 10_000;
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<DatasetId, Asked> _entries = new();
    private readonly CatalogIndex _index = new(storage, catalog, cache.Folder, duckDb, time, logger);

    public async Task<ServedDataset?> FindAsync(DatasetId id, string? version, Viewer viewer, CancellationToken cancellation)
    {
        if (await EntryAsync(id, cancellation) is not { } entry) return null;
        if (version is not null && version == entry.Waiting && viewer.KindsTo(entry).Any(kind => kind != ViewerKind.Anybody))
        {
            return await HeldVersions.FindAsync(storage, id, version, cancellation) is { } held
                && Visibility.OfWaiting(entry, viewer, held.State) is var waiting && waiting.Allows(DatasetParts.Metadata)
                ? new ServedDataset(entry, held.Version, waiting)
                : null;
        }

        var visibility = Visibility.Of(entry, viewer, time.GetUtcNow(), version);
        if (visibility.Withdrawn is { } withdrawn) throw Gone(entry, version, withdrawn);
        if (!visibility.Allows(DatasetParts.Metadata)) return null;
        if (version is not null && version != entry.Current?.Version && !visibility.Allows(DatasetParts.Versions)) return null;
        if (version is null && entry.Damage == StoredDamage.Pointer)
        {
            throw new DamagedDataException("dataset", id.ToString(), "Which version is served cannot be read.");
        }

        if ((version ?? entry.Current?.Version) is not { } name) return null;
        return await cache.FindVersionAsync(id, name, cancellation) is { } manifest ? new ServedDataset(entry, manifest, visibility) : null;
    }

    /// <summary>Keeps the catalogue's index.</summary>
    public CatalogUpkeep Upkeep => _index.Upkeep;

    /// <summary>The catalogue, no older than a second.</summary>
    public async Task<CatalogSnapshot> CatalogAsync(CancellationToken cancellation)
    {
        var snapshot = await _index.CurrentAsync(cancellation);
        Upkeep.CompactIfMany();
        return snapshot;
    }

    public void Dispose() => _index.Dispose();

    private static NotVisibleException Gone(DatasetEntry entry, string? version, Withdrawal withdrawn)
    {
        var reason = JsonNamingPolicy.KebabCaseLower.ConvertName(withdrawn.Reason.ToString());
        var what = version is null || withdrawn.Version is null ? $"The dataset '{entry.Id}'" : $"The version '{version}' of '{entry.Id}'";
        return withdrawn.Purged
            ? new NotVisibleException(PublicationState.Purged, $"{what} was withdrawn and destroyed: {reason}.")
            : new NotVisibleException(
                PublicationState.Withdrawn, $"{what}, {entry.Title}, was withdrawn on {withdrawn.At.UtcDateTime:yyyy-MM-dd}: {reason}.");
    }

    /// <summary>Makes a subject ready to be read.</summary>
    /// <exception cref="NotVisibleException">The viewer for whom it was found may not read it.</exception>
    /// <exception cref="IOException">There is no room on disk for its files.</exception>
    public async Task<OpenTable> OpenAsync(QuerySubject subject, CancellationToken cancellation)
    {
        subject.RequireRecords();
        if (subject is CatalogSnapshot snapshot) return new OpenTable(snapshot.Table(), null);
        var dataset = (ServedDataset)subject;
        var parts = await cache.RentAsync(dataset.Version.Parts, cancellation);
        return new OpenTable(dataset.Table(parts.Paths), parts);
    }

    private async Task<DatasetEntry?> EntryAsync(DatasetId id, CancellationToken cancellation)
    {
        if (!_entries.TryGetValue(id, out var asked) || !IsBelieved(asked))
        {
            if (_entries.Count > MaxRemembered) _entries.Clear();
            asked = _entries.AddOrUpdate(id, Ask, (_, known) => IsBelieved(known) ? known : Ask(id));
        }

        var known = false;
        try
        {
            var entry = await asked.Entry.Value.WaitAsync(cancellation);
            known = entry is not null;
            return entry;
        }
        finally
        {
            // A missing row or a failed read is not cached.
            if (!known) _entries.TryRemove(KeyValuePair.Create(id, asked));
        }
    }

    private bool IsBelieved(Asked asked) => time.GetElapsedTime(asked.At) < Believed;

    private Asked Ask(DatasetId id) => new(time.GetTimestamp(), new Lazy<Task<DatasetEntry?>>(() => catalog.FindAsync(id)));

    // Of several who ask at once only the one whose question is kept puts it.
    private sealed class Asked(long at, Lazy<Task<DatasetEntry?>> entry)
    {
        public long At { get; } = at;

        public Lazy<Task<DatasetEntry?>> Entry { get; } = entry;
    }
}

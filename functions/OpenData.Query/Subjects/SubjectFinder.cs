using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpenData.Catalog;
using OpenData.DuckDb;
using OpenData.Lake;

namespace OpenData.Query.Subjects;

/// <summary>
/// Finds what questions are put to. What the catalogue said is believed for a second, and whoever asks meanwhile waits for the same answer,
/// so that
/// a busy dataset costs one table read a second; a version's own contents never change.
/// </summary>
internal sealed class SubjectFinder(
    DatasetCatalog catalog, ParquetCache cache, Database duckDb, TimeProvider time, ILogger? logger) : IDisposable
{
    private const int ManifestsAtOnce = 16;
    private const int MaxRemembered = 10_000;
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<DatasetId, Asked> _entries = new();
    private readonly SemaphoreSlim _listing = new(1);
    private CatalogSnapshot? _snapshot;
    private long _snapshotAt;

    public async Task<ServedDataset?> FindAsync(DatasetId id, string? version, CancellationToken cancellation)
    {
        var entry = await EntryAsync(id, cancellation);
        if (version is null && entry?.Damage == StoredDamage.Pointer)
        {
            throw new DamagedDataException("dataset", id.ToString(), "Which version is served cannot be read.");
        }

        if ((version ?? entry?.Current?.Version) is not { } name || entry is null) return null;
        return await cache.FindVersionAsync(id, name, cancellation) is { } manifest
            ? new ServedDataset(entry, manifest) { IsPinned = version is not null }
            : null;
    }

    public async Task<CatalogSnapshot> CatalogAsync(CancellationToken cancellation)
    {
        if (_snapshot is { } fresh && time.GetElapsedTime(Volatile.Read(ref _snapshotAt)) < Believed) return fresh;
        await _listing.WaitAsync(cancellation);
        try
        {
            if (_snapshot is { } made && time.GetElapsedTime(_snapshotAt) < Believed) return made;
            var asked = time.GetTimestamp();
            var entries = new List<DatasetEntry>();
            await foreach (var entry in catalog.ListAsync(cancellation)) entries.Add(entry);
            var datasets = new ServedDataset?[entries.Count];
            await Parallel.ForAsync(0, entries.Count, new ParallelOptions
            {
                MaxDegreeOfParallelism = ManifestsAtOnce,
                CancellationToken = cancellation,
            }, async (i, token) =>
            {
                datasets[i] = await ServedAsync(entries[i], token);
            });
            var earlier = _snapshot;
            var snapshot = CatalogSnapshot.Create(
                duckDb,
                [.. datasets.OfType<ServedDataset>()],
                earlier,
                new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero));
            _snapshot = snapshot;
            Volatile.Write(ref _snapshotAt, asked);
            if (!ReferenceEquals(earlier, snapshot)) earlier?.Release();
            return snapshot;
        }
        finally
        {
            _listing.Release();
        }
    }

    public void Dispose() => _listing.Dispose();

    // A dataset whose manifest is damaged is not in the catalogue; whoever asks for it by name is told why.
    private async Task<ServedDataset?> ServedAsync(DatasetEntry entry, CancellationToken cancellation)
    {
        try
        {
            return await cache.FindVersionAsync(entry.Id, entry.Current!.Version, cancellation) is { } manifest
                ? new ServedDataset(entry, manifest)
                : null;
        }
        catch (DamagedDataException e)
        {
            StoredData.SetAside(e.What, e.Where, e.Message, e, logger);
            return null;
        }
    }

    /// <summary>Makes a subject ready to be read.</summary>
    /// <exception cref="IOException">There is no room on disk for its files.</exception>
    public async Task<OpenTable> OpenAsync(QuerySubject subject, CancellationToken cancellation)
    {
        if (subject is CatalogSnapshot snapshot)
        {
            // A newer catalogue may have taken its place since it was found.
            while (true)
            {
                if (snapshot.TryOpen() is { } open) return open;
                snapshot = await CatalogAsync(cancellation);
            }
        }

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
            // What there is not, or could not be learnt, is asked anew.
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

using Azure;
using Microsoft.Extensions.Logging;
using OpenData.Catalog;
using OpenData.DuckDb;
using OpenData.Lake;

namespace OpenData.Query.Subjects;

/// <summary>
/// The catalogue as this instance knows it: a DuckDB table in a file of the local cache. It begins with the base that lies in the lake, or
/// where there is none with the datasets' rows and manifests themselves, and then follows the feed of changes: once a second at most, and
/// only while somebody asks.
/// </summary>
internal sealed class CatalogIndex(
    Storage storage, DatasetCatalog catalog, string folder, Database duckDb, TimeProvider time, ILogger? logger) : IDisposable
{
    private const int BatchRows = 500;
    private const int ManifestsAtOnce = 16;
    private const int TriesToLoad = 3;

    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _following = new(1);
    private CatalogTable? _table;
    private bool _isLoaded;
    private CatalogState? _state;
    private CatalogSnapshot? _snapshot;
    private long _snapshotAt;

    /// <summary>Writes the index as the base with which every instance begins.</summary>
    public CatalogUpkeep Upkeep => field ??= new CatalogUpkeep(this, storage, catalog, folder, logger);

    /// <summary>The number of the last change that the index has.</summary>
    public long Position { get; private set; }

    /// <summary>The number of the last change that the base has with which every instance begins.</summary>
    public long BasePosition { get; set; }

    /// <summary>How many changes have come since that base.</summary>
    public long ChangesSinceBase => Position - BasePosition;

    /// <summary>The catalogue, no older than a second.</summary>
    public async Task<CatalogSnapshot> CurrentAsync(CancellationToken cancellation)
    {
        if (_snapshot is { } fresh && time.GetElapsedTime(Volatile.Read(ref _snapshotAt)) < Believed) return fresh;
        await _following.WaitAsync(cancellation);
        try
        {
            if (_snapshot is { } made && time.GetElapsedTime(_snapshotAt) < Believed) return made;
            var asked = time.GetTimestamp();
            await FollowAsync(cancellation);
            var now = time.GetUtcNow();
            if (_snapshot is null || _state is not { } known || known.NextListed <= now || _snapshot.Day != CatalogSnapshot.DayOf(now))
            {
                _snapshot = new CatalogSnapshot(_state = _table!.State(now), now);
            }

            Volatile.Write(ref _snapshotAt, asked);
            return _snapshot;
        }
        finally
        {
            _following.Release();
        }
    }

    /// <summary>Writes what the index has as a Parquet file into the folder that DuckDB may write to.</summary>
    /// <returns>The number of the last change that the file has, and how many datasets.</returns>
    public async Task<(long Position, long Rows)> WriteAsync(string file, CancellationToken cancellation)
    {
        var (frozen, position) = await FreezeAsync(cancellation);
        using (frozen) return (position, await Task.Run(() => CatalogTable.Write(frozen, file), cancellation));
    }

    /// <summary>Makes the index anew from the datasets' rows and manifests.</summary>
    public async Task RebuildAsync(CancellationToken cancellation)
    {
        await _following.WaitAsync(cancellation);
        try
        {
            await RebuildUnderLockAsync(cancellation);
            _snapshot = null;
        }
        finally
        {
            _following.Release();
        }
    }

    /// <summary>
    /// Compares the index with the datasets' own rows, and announces what it does not know: that of whoever died between the two writes of
    /// a change, and of releases that know of no feed.
    /// </summary>
    /// <returns>How many datasets were announced.</returns>
    public async Task<int> ReconcileAsync(CancellationToken cancellation)
    {
        await CurrentAsync(cancellation);
        var known = _table!.Known();
        var announced = 0;
        await foreach (var entry in catalog.ListAsync(cancellation))
        {
            if (!CatalogColumns.IsListed(entry)) continue;
            var isKnown = known.Remove(entry.Id.ToString(), out var found)
                && found == (entry.Revision, entry.Current!.Version, entry.DescribedAt);
            if (isKnown) continue;
            // What was written without a number gets one now, or nobody would take it for newer.
            if (await catalog.TouchAsync(entry.Id, cancellation)) announced++;
        }

        foreach (var (id, gone) in known)
        {
            if (await FindAsync(DatasetId.Parse(id), cancellation) is not null) continue;
            await catalog.Changes.AppendAsync(DatasetId.Parse(id), gone.Revision + 1, null, cancellation);
            announced++;
        }

        return announced;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _following.Dispose();
        _table?.Dispose();
    }

    private async Task<(Connection Table, long Position)> FreezeAsync(CancellationToken cancellation)
    {
        await _following.WaitAsync(cancellation);
        try
        {
            await FollowAsync(cancellation);
            return (_table!.Freeze(), Position);
        }
        finally
        {
            _following.Release();
        }
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        var changes = _isLoaded ? await catalog.Changes.ReadAsync(Position, isReloaded: false, cancellation) : null;
        if (changes is { Count: 0 }) return;
        _state = null;
        if (changes is null)
        {
            _table ??= new CatalogTable(duckDb, folder);
            await LoadAsync(cancellation);
            _isLoaded = true;
            return;
        }

        await ApplyAsync(changes, cancellation);
        Position = changes[^1].Sequence;
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        using var span = Telemetry.Begin("catalog.load");
        if (!await TryLoadBaseAsync(cancellation))
        {
            await RebuildUnderLockAsync(cancellation);
        }

        // What has changed since. If that is gone as well, a newer base has it.
        for (var tries = 1; await catalog.Changes.ReadAsync(Position, isReloaded: true, cancellation) is var changes; tries++)
        {
            if (changes is { Count: > 0 })
            {
                await ApplyAsync(changes, cancellation);
                Position = changes[^1].Sequence;
            }

            if (changes is not null) return;
            if (tries == TriesToLoad || !await TryLoadBaseAsync(cancellation))
            {
                await RebuildUnderLockAsync(cancellation);
                return;
            }
        }
    }

    private async Task<bool> TryLoadBaseAsync(CancellationToken cancellation)
    {
        for (var tries = 1; tries <= TriesToLoad; tries++)
        {
            if (await CatalogBase.FindAsync(storage, cancellation) is not var (found, _) || found.Form != CatalogColumns.Form) return false;
            var file = Path.Combine(folder, $"{Path.GetRandomFileName()}.parquet.tmp");
            try
            {
                await found.DownloadAsync(storage, file, cancellation);
                await Task.Run(() => _table!.Load(file), cancellation);
                Position = BasePosition = found.Position;
                return true;
            }
            catch (Exception e) when (e is StatementException or RequestFailedException { Status: 404 })
            {
                // Another one may have taken its place since.
                if (tries == TriesToLoad) StoredData.SetAside("catalog-base", found.Blob, e.Message, e, logger);
            }
            finally
            {
                File.Delete(file);
            }
        }

        return false;
    }

    private async Task RebuildUnderLockAsync(CancellationToken cancellation)
    {
        using var span = Telemetry.Begin("catalog.rebuild");
        _table ??= new CatalogTable(duckDb, folder);
        var position = await catalog.Changes.HeadAsync(cancellation);
        using var replacement = _table!.Replace();
        var count = 0;
        await foreach (var batch in catalog.ListAsync(cancellation).Chunk(BatchRows).WithCancellation(cancellation))
        {
            var records = new CatalogRecord?[batch.Length];
            var options = new ParallelOptions { MaxDegreeOfParallelism = ManifestsAtOnce, CancellationToken = cancellation };
            await Parallel.ForAsync(0, batch.Length, options, async (i, token) => records[i] = await RecordAsync(batch[i], token));
            replacement.Add(records.OfType<CatalogRecord>());
            count += batch.Length;
            if (count % 10_000 == 0) logger?.LogInformation("The catalogue's index is made anew: {Datasets} datasets so far", count);
        }

        replacement.Complete();
        (_state, _isLoaded, Position) = (null, true, position);
    }

    // What there is of a dataset, from its own row and manifest; null if it is not in the catalogue.
    private async Task<CatalogRecord?> FindAsync(DatasetId id, CancellationToken cancellation)
    {
        if (await catalog.FindAsync(id, cancellation) is not { } entry || !CatalogColumns.IsListed(entry)) return null;
        return entry.Damage != StoredDamage.Pointer
            ? await catalog.Changes.RecordAsync(entry, null, cancellation)
            : throw new DamagedDataException("dataset", id.ToString(), "Which version is served cannot be read.");
    }

    // A dataset whose manifest is damaged is not in the catalogue; whoever asks for it by name is told why.
    private async Task<CatalogRecord?> RecordAsync(DatasetEntry entry, CancellationToken cancellation)
    {
        try
        {
            return CatalogColumns.IsListed(entry) ? await catalog.Changes.RecordAsync(entry, null, cancellation) : null;
        }
        catch (DamagedDataException e)
        {
            StoredData.SetAside(e.What, e.Where, e.Message, e, logger);
            return null;
        }
    }

    private async Task ApplyAsync(IReadOnlyList<CatalogChange> changes, CancellationToken cancellation)
    {
        // Of several changes of a dataset the one with the greatest revision tells all; they need not come in that order.
        var last = changes.Where(change => change.Id != default)
            .GroupBy(change => change.Id)
            .Select(same => same.MaxBy(change => change.Revision)!)
            .ToList();
        var known = _table!.Known(last.Select(change => change.Id.ToString()));
        var (old, records) = (new List<string>(), new List<CatalogRecord>());
        foreach (var change in last)
        {
            var id = change.Id.ToString();
            if (known.TryGetValue(id, out var found) && found.Revision >= change.Revision) continue;
            try
            {
                var record = change.Record ?? await FindAsync(change.Id, cancellation);
                old.Add(id);
                if (record is not null && CatalogColumns.IsListed(record.Entry)) records.Add(record);
            }
            catch (DamagedDataException e)
            {
                StoredData.SetAside(e.What, e.Where, e.Message, e, logger); // what was known of it stays
            }
        }

        if (old.Count > 0) _table.Change(old, records);
    }
}

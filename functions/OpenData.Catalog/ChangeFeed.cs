using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using OpenData.Lake;

namespace OpenData.Catalog;

/// <summary>
/// The changes of the catalogue in one order that all instances see. An entry takes the number after the greatest one that its writer knows
/// to be taken, and a number is given once; so there is never a gap, and whoever has read up to a number misses nothing, whatever any clock
/// says. Later entries sort first, so that one request tells the greatest number or all that is new.
/// </summary>
/// <param name="storage">Where it is.</param>
/// <param name="logger">Is told of entries that cannot be read.</param>
public sealed class ChangeFeed(Storage storage, ILogger? logger = null)
{
    private const string Partition = "catalog";
    private const string Reload = "Reload";
    private const int PropertyBytes = 64 * 1024;
    private const int MostProperties = 12; // an entity holds 1 MiB
    private const int TriesInARow = 4;

    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;
    private long? _head;

    /// <summary>
    /// Tells all instances of a dataset as it is now. What is told twice is known once, so that whoever is not sure whether an earlier
    /// attempt came this far tells it again.
    /// </summary>
    /// <param name="entry">The dataset's entry, as it was written.</param>
    /// <param name="version">The version that the entry names, if it is at hand.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task AnnounceAsync(DatasetEntry entry, DatasetVersion? version, CancellationToken cancellation = default)
    {
        CatalogRecord? record = null;
        try
        {
            record = await RecordAsync(entry, version, cancellation);
        }
        catch (DamagedDataException e)
        {
            StoredData.SetAside(e.What, e.Where, e.Message, e, logger); // whoever follows finds the same
        }

        await AppendAsync(entry.Id, entry.Revision, record, cancellation);
    }

    /// <summary>What there is of a dataset; null if nothing of it is served. Of what was withdrawn nothing is told.</summary>
    /// <param name="entry">The dataset's entry.</param>
    /// <param name="version">The version that the entry names, if it is at hand.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="DamagedDataException">Its manifest cannot be read.</exception>
    public async Task<CatalogRecord?> RecordAsync(DatasetEntry entry, DatasetVersion? version, CancellationToken cancellation = default)
    {
        if (entry.Current is not { } current) return null;
        if (entry.Withdrawals.Any(one => one.Version is null || one.Version == current.Version)) return null;
        version ??= await VersionStore.FindAsync(storage, entry.Id, current.Version, cancellation);
        return version is null ? null : CatalogRecord.Of(entry, version);
    }

    /// <summary>Appends an entry: one request, unless other instances append at the same moment.</summary>
    /// <param name="id">The dataset that changed.</param>
    /// <param name="revision">The revision of its entry.</param>
    /// <param name="record">What there is of it; null for readers to look.</param>
    /// <param name="cancellation">Stops the work.</param>
    public Task AppendAsync(DatasetId id, long revision, CatalogRecord? record, CancellationToken cancellation = default)
    {
        var entity = new TableEntity(Partition, "") { ["DatasetId"] = id.ToString(), ["Revision"] = revision };
        var bytes = record?.ToBytes() ?? [];
        if (bytes.Length <= PropertyBytes * MostProperties)
        {
            foreach (var (chunk, i) in bytes.Chunk(PropertyBytes).Select((chunk, i) => (chunk, i))) entity[$"Record{i}"] = chunk;
        }

        // Those of one instance wait for one another instead of for the same number.
        lock (_lock) return _last = AppendAsync(entity, _last, cancellation);
    }

    /// <summary>Appends an entry that has every instance load the base anew.</summary>
    public Task AppendReloadAsync(CancellationToken cancellation = default)
    {
        lock (_lock) return _last = AppendAsync(new TableEntity(Partition, "") { [Reload] = true }, _last, cancellation);
    }

    private async Task AppendAsync(TableEntity entity, Task before, CancellationToken cancellation)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        for (var tries = 1; ; tries++)
        {
            var next = (_head ?? await HeadAsync(cancellation)) + 1;
            entity.RowKey = Key(next);
            try
            {
                await storage.Changes.AddEntityAsync(entity, cancellation);
                _head = next;
                return;
            }
            catch (RequestFailedException e) when (e.Status == 409)
            {
                _head = tries % TriesInARow == 0 ? null : next; // somebody else has it; after some tries in a row we may be far behind
            }
        }
    }

    /// <summary>The number of the last entry; 0 before the first one.</summary>
    public async Task<long> HeadAsync(CancellationToken cancellation = default)
    {
        var rows = storage.Changes.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), 1, [nameof(TableEntity.RowKey)], cancellation);
        await foreach (var row in rows) return Sequence(row.RowKey);
        // Without an entry the base knows what has been before.
        return (await CatalogBase.FindAsync(storage, cancellation))?.Base.Position ?? 0;
    }

    /// <summary>Reads what follows a number.</summary>
    /// <param name="after">The number.</param>
    /// <param name="isReloaded">Whether the current base was just loaded, so that what says to load it is done.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The entries, the first one first; null if the base is to be loaded, because it has entries that are gone.</returns>
    public async Task<IReadOnlyList<CatalogChange>?> ReadAsync(
        long after, bool isReloaded = false, CancellationToken cancellation = default)
    {
        var rows = storage.Changes.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey lt {Key(after)}"), cancellationToken: cancellation);
        var changes = new List<CatalogChange>();
        var last = 0L;
        await foreach (var row in rows)
        {
            last = Sequence(row.RowKey);
            if (row.ContainsKey(Reload) && !isReloaded) return null;
            if (row.ContainsKey(Reload)) changes.Add(new CatalogChange(last, default, 0, null));
            if (DatasetId.TryParse(row.GetString("DatasetId"), out var id))
            {
                changes.Add(new CatalogChange(last, id, row.GetInt64("Revision") ?? 0, Record(row)));
            }
        }

        if (last > after + 1) return null;
        changes.Reverse();
        return changes;
    }

    /// <summary>Deletes old entries, up to a number; the last one stays, so that numbers never begin anew.</summary>
    public async Task TrimAsync(long through, CancellationToken cancellation = default)
    {
        through = Math.Min(through, await HeadAsync(cancellation) - 1);
        if (through <= 0) return;
        var rows = storage.Changes.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {Key(through)}"),
            select: [nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey)], cancellationToken: cancellation);
        var first = new List<TableTransactionAction>();
        // The first entries go first: whoever is cut off leaves no gap.
        foreach (var row in (await rows.ToListAsync(cancellation)).AsEnumerable().Reverse())
        {
            first.Add(new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All));
            if (first.Count == 100) await DeleteAsync();
        }

        if (first.Count > 0) await DeleteAsync();

        async Task DeleteAsync()
        {
            try
            {
                await storage.Changes.SubmitTransactionAsync(first, cancellation);
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                // Another instance was faster.
            }

            first.Clear();
        }
    }

    /// <summary>Takes out of the feed what it has said of a dataset; that something was said, and in which order, stays.</summary>
    public async Task ForgetAsync(DatasetId id, CancellationToken cancellation = default)
    {
        var rows = storage.Changes.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and DatasetId eq {id.ToString()}"),
            cancellationToken: cancellation);
        await foreach (var row in rows)
        {
            var said = row.Keys.Where(name => name.StartsWith("Record", StringComparison.Ordinal)).ToList();
            foreach (var name in said) row.Remove(name);
            if (said.Count == 0) continue;
            try
            {
                await storage.Changes.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, cancellation);
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                // It has gone meanwhile.
            }
        }
    }

    private CatalogRecord? Record(TableEntity row)
    {
        var bytes = Enumerable.Range(0, MostProperties)
            .Select(i => row.TryGetValue($"Record{i}", out var chunk) ? chunk as byte[] : null)
            .TakeWhile(chunk => chunk is not null).SelectMany(chunk => chunk!).ToArray();
        return bytes.Length == 0 ? null : StoredData.Read("change", row.RowKey, () => CatalogRecord.FromBytes(bytes), logger);
    }

    private static string Key(long sequence) => (long.MaxValue - sequence).ToString("d19", CultureInfo.InvariantCulture);

    private static long Sequence(string key) => long.MaxValue - long.Parse(key, CultureInfo.InvariantCulture);
}

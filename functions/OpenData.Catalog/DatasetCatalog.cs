using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using OpenData.Lake;

namespace OpenData.Catalog;

/// <summary>
/// What there is: a table row a dataset, whose pointer says which immutable version is served. Every change is conditional
/// on the row's ETag, so that concurrent publishers never undo each other.
/// </summary>
/// <param name="storage">Where the rows are.</param>
/// <param name="logger">Receives a line for each row that cannot be read; it is skipped, and the next drop replaces it.</param>
public sealed class DatasetCatalog(Storage storage, ILogger<DatasetCatalog>? logger = null)
{
    /// <summary>The longest metadata that is kept, in UTF-16 characters of its JSON form.</summary>
    public const int MaxMetadataCharacters = 30_000; // a table property holds 64 KiB of UTF-16

    private const string Kind = "dataset";

    private static readonly string[] KeptOfPurged = ["PartitionKey", "RowKey", "Timestamp", "odata.etag", "Withdrawals", "Revision"];

    /// <summary>Where instances learn of the changes made here.</summary>
    public ChangeFeed Changes { get; } = new(storage, logger);

    /// <summary>Reads one dataset's entry, or null if nothing is known of it.</summary>
    public async Task<DatasetEntry?> FindAsync(DatasetId id, CancellationToken cancellation = default)
    {
        return await ReadAsync(id, cancellation) is { } row ? ToEntry(row, id) : null;
    }

    /// <summary>All datasets that have a published version, by agency and name.</summary>
    public async IAsyncEnumerable<DatasetEntry> ListAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var row in storage.Datasets.QueryAsync<TableEntity>("Version ne ''", cancellationToken: cancellation))
        {
            if (!DatasetId.TryCreate(row.PartitionKey, row.RowKey, out var id))
            {
                StoredData.SetAside(Kind, $"{row.PartitionKey}/{row.RowKey}", "Its keys are no dataset's.", null, logger);
            }
            // it is listed under the name in normal form C
            else if (IsSuperseded(row, id) && await ReadAsync(id, cancellation) is { } own && !IsSuperseded(own, id))
            {
                continue;
            }
            else if (ToEntry(row, id) is { Current: not null } entry)
            {
                yield return entry;
            }
        }
    }

    /// <summary>
    /// Makes a version the one that is served, unless one whose name sorts behind it is served already.
    /// </summary>
    /// <param name="version">The version.</param>
    /// <param name="basedOn">
    /// The version that it follows, or "" if none was served: then it is served only in place of exactly that one.
    /// </param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Whether the version is served now.</returns>
    public async Task<bool> PublishAsync(DatasetVersion version, string? basedOn = null, CancellationToken cancellation = default)
    {
        var served = false;
        var entry = await ChangeAsync(DatasetId.Parse(version.DatasetId), row =>
        {
            var current = row.ContainsKey("Version")
                ? StoredData.Read(Kind, version.DatasetId, () => ToCurrent(row), logger)?.Version
                : null;
            // Names sort as versions follow each other, so that the lake alone tells the latest, too.
            served = current == version.Version
                || (basedOn is null ? string.CompareOrdinal(version.Version, current) > 0 : (current ?? "") == basedOn);
            if (!served || current == version.Version) return false;
            Point(row, version);
            // What was dropped before is superseded.
            EndWait(row, version.Source.DroppedAt);
            return true;
        }, cancellation);
        // Also if it was served before: the attempt that changed the row may have ended before it could say so.
        if (served) await Changes.AnnounceAsync(entry, version, cancellation);
        return served;
    }

    /// <summary>
    /// Makes a version that is kept in <see cref="HeldVersions"/> the one that its dataset waits for, unless a later drop waits already.
    /// What is served stays.
    /// </summary>
    public Task WaitAsync(DatasetVersion version, CancellationToken cancellation = default) =>
        ChangeAsync(DatasetId.Parse(version.DatasetId), row =>
        {
            if (Moment(row, "WaitingDroppedAt") > version.Source.DroppedAt) return false;
            Set(row, "Waiting", version.Version);
            Set(row, "WaitingDroppedAt", version.Source.DroppedAt);
            return true;
        }, cancellation);

    /// <summary>Makes a dataset wait for nothing that was dropped up to a time: a later drop took its place.</summary>
    public Task EndWaitAsync(DatasetId id, DateTimeOffset droppedAt, CancellationToken cancellation = default) =>
        ChangeAsync(id, row => EndWait(row, droppedAt), cancellation);

    private static bool EndWait(TableEntity row, DateTimeOffset droppedAt) =>
        !(Moment(row, "WaitingDroppedAt") > droppedAt) && row.Remove("Waiting") | row.Remove("WaitingDroppedAt");

    /// <summary>Replaces what the agency says of a dataset, unless a later drop of its dataset.json was accepted already.</summary>
    public async Task DescribeAsync(
        DatasetId id, DatasetMetadata metadata, DateTimeOffset droppedAt, CancellationToken cancellation = default)
    {
        var entry = await ChangeAsync(id, row =>
        {
            if (Moment(row, "MetadataDroppedAt") > droppedAt) return false;
            Set(row, "Metadata", JsonSerializer.Serialize(metadata, OpenDataJson.Options));
            // Again by itself, so that damage to the words does not show what is not public.
            Set(row, "Access", JsonSerializer.Serialize(AccessDeclaration.Of(metadata), OpenDataJson.Options));
            Set(row, "MetadataDroppedAt", droppedAt);
            return true;
        }, cancellation);
        await Changes.AnnounceAsync(entry, null, cancellation);
    }

    /// <summary>
    /// Takes a dataset, or one version of it, back: from then on nothing of it is served. If the version that is served is taken back,
    /// another takes its
    /// place, or none. Doing it again changes nothing but whether it is purged.
    /// </summary>
    /// <param name="id">The dataset.</param>
    /// <param name="withdrawal">What is taken back and why.</param>
    /// <param name="instead">The earlier version to serve instead of one that is served and taken back; null for none.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task WithdrawAsync(
        DatasetId id, Withdrawal withdrawal, DatasetVersion? instead = null, CancellationToken cancellation = default)
    {
        var entry = await ChangeAsync(id, row =>
        {
            var withdrawals = ReadJson<List<Withdrawal>>(row, "Withdrawals", id.ToString()) ?? [];
            var known = withdrawals.FindIndex(one => one.Version == withdrawal.Version);
            if (known < 0) withdrawals.Add(withdrawal);
            else withdrawals[known] = withdrawals[known] with { Purged = withdrawals[known].Purged || withdrawal.Purged };
            Set(row, "Withdrawals", JsonSerializer.Serialize(withdrawals, OpenDataJson.Options));
            var isServed = withdrawal.Version is not null && row.TryGetValue("Version", out var served)
                && served as string == withdrawal.Version;
            if (!isServed) return true;
            if (instead is not null) Point(row, instead);
            else row.Remove("Version");
            return true;
        }, cancellation);
        await Changes.AnnounceAsync(entry, instead, cancellation);
    }

    /// <summary>Lets personal data be published that an approver has decided on; an earlier decision on the same is replaced.</summary>
    public Task ExemptAsync(DatasetId id, IReadOnlyList<DisclosureExemption> exemptions, CancellationToken cancellation = default) =>
        ChangeAsync(id, row =>
        {
            var kept = (ReadJson<List<DisclosureExemption>>(row, "Exceptions", id.ToString()) ?? [])
                .Where(old => !exemptions.Any(one => one.Field == old.Field && one.Kind == old.Kind));
            Set(row, "Exceptions", JsonSerializer.Serialize(kept.Concat(exemptions), OpenDataJson.Options));
            return true;
        }, cancellation);

    /// <summary>Forgets everything of a purged dataset but that it was there.</summary>
    public async Task ForgetAsync(DatasetId id, CancellationToken cancellation = default)
    {
        var entry = await ChangeAsync(id, row =>
        {
            foreach (var property in row.Keys.Except(KeptOfPurged).ToList()) row.Remove(property);
            return true;
        }, cancellation);
        await Changes.ForgetAsync(id, cancellation);
        await Changes.AnnounceAsync(entry, null, cancellation);
    }

    /// <summary>Undoes the withdrawal of a dataset as a whole; what was purged stays gone.</summary>
    /// <returns>Whether there was one to undo.</returns>
    public async Task<bool> RestoreAsync(DatasetId id, CancellationToken cancellation = default)
    {
        var undone = false;
        var entry = await ChangeAsync(id, row =>
        {
            var withdrawals = ReadJson<List<Withdrawal>>(row, "Withdrawals", id.ToString()) ?? [];
            undone = withdrawals.RemoveAll(one => one is { Version: null, Purged: false }) > 0;
            if (undone) Set(row, "Withdrawals", JsonSerializer.Serialize(withdrawals, OpenDataJson.Options));
            return undone;
        }, cancellation);
        await Changes.AnnounceAsync(entry, null, cancellation);
        return undone;
    }

    /// <summary>
    /// Gives a dataset's entry the next revision without another change, and announces it, so that all instances take it for news.
    /// </summary>
    /// <returns>Whether there is such a dataset.</returns>
    public async Task<bool> TouchAsync(DatasetId id, CancellationToken cancellation = default)
    {
        if (await ReadAsync(id, cancellation) is null) return false;
        await Changes.AnnounceAsync(await ChangeAsync(id, _ => true, cancellation), null, cancellation);
        return true;
    }

    private async Task<DatasetEntry> ChangeAsync(DatasetId id, Func<TableEntity, bool> change, CancellationToken cancellation)
    {
        while (true)
        {
            var found = await ReadAsync(id, cancellation);
            var row = found is null || IsSuperseded(found, id)
                ? new TableEntity(found ?? []) { PartitionKey = id.Agency, RowKey = id.Dataset }
                : found;
            if (!change(row)) return ToEntry(row, id);
            Set(row, "Revision", Revision(row) + 1);
            try
            {
                if (ReferenceEquals(row, found))
                {
                    await storage.Datasets.UpdateEntityAsync(
                        row, row.ETag, TableUpdateMode.Replace, cancellation);
                }
                else
                {
                    await storage.Datasets.AddEntityAsync(row, cancellation);
                }

                return ToEntry(row, id);
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412)
            {
                // Another instance changed the row since we read it: look again.
            }
        }
    }

    /// <summary>
    /// Reads a row; of a dataset that an earlier release knew by decomposed letters, that one, until a drop makes one in normal form C.
    /// </summary>
    private async Task<TableEntity?> ReadAsync(DatasetId id, CancellationToken cancellation)
    {
        var found = await storage.Datasets.GetEntityIfExistsAsync<TableEntity>(id.Agency, id.Dataset, cancellationToken: cancellation);
        if (found.HasValue) return found.Value;
        var (agency, dataset) = (UnicodeText.Nfd(id.Agency), UnicodeText.Nfd(id.Dataset));
        if (agency == id.Agency && dataset == id.Dataset) return null;
        found = await storage.Datasets.GetEntityIfExistsAsync<TableEntity>(agency, dataset, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    private DatasetEntry ToEntry(TableEntity row, DatasetId id)
    {
        var where = id.ToString();
        var metadata = row.ContainsKey("Metadata")
            ? StoredData.Read(
                Kind + "-metadata",
                where,
                () => JsonSerializer.Deserialize<DatasetMetadata>(row.GetString("Metadata"), OpenDataJson.Stored),
                logger)
            : new DatasetMetadata();
        var current = row.ContainsKey("Version") ? StoredData.Read(Kind, where, () => ToCurrent(row), logger) : null;
        var withdrawals = ReadJson<List<Withdrawal>>(row, "Withdrawals", where);
        // What was taken back is not known then: nothing of the dataset is shown outside until that is mended.
        var isUnreadable = withdrawals is null && row.ContainsKey("Withdrawals");
        return new DatasetEntry
        {
            Id = id,
            Revision = Revision(row),
            Metadata = metadata ?? new DatasetMetadata(),
            DescribedAt = Moment(row, "MetadataDroppedAt"),
            Current = current,
            Waiting = row.TryGetValue("Waiting", out var waiting) && VersionName.IsValid(waiting as string) ? (string)waiting : null,
            Access = isUnreadable ? AccessDeclaration.Unreadable : metadata is not null
                ? AccessDeclaration.Of(metadata) : ReadAccess(row, where),
            Withdrawals = withdrawals ?? [],
            Exceptions = ReadJson<List<DisclosureExemption>>(row, "Exceptions", where) ?? [],
            Damage = metadata is null
                ? StoredDamage.Metadata
                : row.ContainsKey("Version") && current is null ? StoredDamage.Pointer : StoredDamage.None,
        };
    }

    private AccessDeclaration ReadAccess(TableEntity row, string where) =>
        ReadJson<AccessDeclaration>(row, "Access", where) ?? AccessDeclaration.Unreadable;

    private T? ReadJson<T>(TableEntity row, string property, string where)
        where T : class => row.ContainsKey(property)
        ? StoredData.Read($"{Kind}-{property.ToLowerInvariant()}", where,
            () => JsonSerializer.Deserialize<T>(row.GetString(property), OpenDataJson.Stored), logger)
        : null;

    private static CurrentVersion ToCurrent(TableEntity row) => VersionName.IsValid(row.GetString("Version"))
        ? new CurrentVersion(
            row.GetString("Version"), row.GetDateTimeOffset("DroppedAt")!.Value, row.GetDateTimeOffset("ProcessedAt")!.Value,
            row.GetInt64("Rows")!.Value, row.GetInt64("Bytes")!.Value)
        : throw new FormatException($"'{row.GetString("Version")}' is not the name of a version.");

    private static void Point(TableEntity row, DatasetVersion version)
    {
        Set(row, "Version", version.Version);
        Set(row, "DroppedAt", Moment(row, "DroppedAt") is { } known && known > version.Source.DroppedAt ? known : version.Source.DroppedAt);
        Set(row, "ProcessedAt", version.ProcessedAt);
        Set(row, "Rows", version.Rows);
        Set(row, "Bytes", version.Parts.Sum(part => part.Bytes));
    }

    private static bool IsSuperseded(TableEntity row, DatasetId id) => row.PartitionKey != id.Agency || row.RowKey != id.Dataset;

    // An entity turns a value into the type of the one before it, which may be a damaged one.
    private static void Set(TableEntity row, string property, object value)
    {
        row.Remove(property);
        row.Add(property, value);
    }

    // Rows of releases up to November 2026 have none.
    private static long Revision(TableEntity row) => row.TryGetValue("Revision", out var value) && value is long revision ? revision : 0;

    private static DateTimeOffset? Moment(TableEntity row, string property) =>
        row.TryGetValue(property, out var value) ? value as DateTimeOffset? : null;
}

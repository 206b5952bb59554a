using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using OpenData.Lake;

namespace OpenData.Catalog;

/// <summary>
/// What there is: a table row a dataset, whose pointer says which immutable version is served. Every change is conditional
/// on the row's ETag, so that concurrent publishers never undo each other.
/// </summary>
public sealed class DatasetCatalog(Storage storage)
{
    /// <summary>The longest metadata that is kept, in UTF-16 characters of its JSON form.</summary>
    public const int MaxMetadataCharacters = 30_000; // a table property holds 64 KiB of UTF-16

    /// <summary>Reads one dataset's entry, or null if nothing is known of it.</summary>
    public async Task<DatasetEntry?> FindAsync(DatasetId id, CancellationToken cancellation = default)
    {
        var found = await storage.Datasets.GetEntityIfExistsAsync<TableEntity>(id.Agency, id.Dataset, cancellationToken: cancellation);
        return found.HasValue ? ToEntry(found.Value!) : null;
    }

    /// <summary>All datasets that have a published version, by agency and name.</summary>
    public async IAsyncEnumerable<DatasetEntry> ListAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var row in storage.Datasets.QueryAsync<TableEntity>("Version ne ''", cancellationToken: cancellation))
        {
            yield return ToEntry(row);
        }
    }

    /// <summary>
    /// Makes a version the one that is served, unless one whose name sorts behind it is served already.
    /// </summary>
    /// <param name="version">The version.</param>
    /// <param name="basedOn">The version whose rows it continues: then it is served only in place of exactly that one.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Whether the version is served now.</returns>
    public async Task<bool> PublishAsync(DatasetVersion version, string? basedOn = null, CancellationToken cancellation = default)
    {
        var served = false;
        await ChangeAsync(DatasetId.Parse(version.DatasetId), row =>
        {
            var current = row.GetString("Version");
            // Names sort as versions follow each other, so that the lake alone tells the latest, too.
            served = current == version.Version
                || (basedOn is null ? string.CompareOrdinal(version.Version, current) > 0 : current == basedOn);
            if (!served || current == version.Version) return false;
            row["Version"] = version.Version;
            row["DroppedAt"] = row.GetDateTimeOffset("DroppedAt") > version.Source.DroppedAt ? row["DroppedAt"] : version.Source.DroppedAt;
            row["ProcessedAt"] = version.ProcessedAt;
            row["Rows"] = version.Rows;
            row["Bytes"] = version.Parts.Sum(part => part.Bytes);
            return true;
        }, cancellation);
        return served;
    }

    /// <summary>Replaces what the agency says of a dataset, unless a later drop of its dataset.json was accepted already.</summary>
    public Task DescribeAsync(DatasetId id, DatasetMetadata metadata, DateTimeOffset droppedAt, CancellationToken cancellation = default) =>
        ChangeAsync(id, row =>
        {
            if (row.GetDateTimeOffset("MetadataDroppedAt") > droppedAt) return false;
            row["Metadata"] = JsonSerializer.Serialize(metadata, OpenDataJson.Options);
            row["MetadataDroppedAt"] = droppedAt;
            return true;
        }, cancellation);

    private async Task ChangeAsync(DatasetId id, Func<TableEntity, bool> change, CancellationToken cancellation)
    {
        while (true)
        {
            var found = await storage.Datasets.GetEntityIfExistsAsync<TableEntity>(id.Agency, id.Dataset, cancellationToken: cancellation);
            var row = found.HasValue ? found.Value! : new TableEntity(id.Agency, id.Dataset);
            if (!change(row)) return;
            try
            {
                if (found.HasValue) await storage.Datasets.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Merge, cancellation);
                else await storage.Datasets.AddEntityAsync(row, cancellation);
                return;
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412)
            {
                // Another instance changed the row since we read it: look again.
            }
        }
    }

    private static DatasetEntry ToEntry(TableEntity row)
    {
        DatasetId.TryCreate(row.PartitionKey, row.RowKey, out var id);
        return new DatasetEntry
        {
            Id = id,
            Metadata = row.GetString("Metadata") is { } json
                ? JsonSerializer.Deserialize<DatasetMetadata>(json, OpenDataJson.Options)!
                : new DatasetMetadata(),
            DescribedAt = row.GetDateTimeOffset("MetadataDroppedAt"),
            Current = row.GetString("Version") is { } version
                ? new CurrentVersion(version, row.GetDateTimeOffset("DroppedAt")!.Value, row.GetDateTimeOffset("ProcessedAt")!.Value,
                    row.GetInt64("Rows")!.Value, row.GetInt64("Bytes")!.Value)
                : null,
        };
    }
}

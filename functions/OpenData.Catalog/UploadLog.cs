using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using OpenData.Lake;

namespace OpenData.Catalog;

/// <summary>The record of every drop: a table with an agency a partition and the latest drop first.</summary>
public sealed class UploadLog(Storage storage)
{
    /// <summary>The most problems kept in a record; the manifest or the quarantine report has them all.</summary>
    public const int MaxProblems = 20;

    private const int MaxPropertyCharacters = 30_000; // a table property holds 64 KiB of UTF-16

    /// <summary>The id of a drop: the same for the same path and ETag, later drops sorting first.</summary>
    public static string IdOf(string path, string etag, DateTimeOffset droppedAt)
    {
        var age = (DateTimeOffset.MaxValue.Ticks - droppedAt.UtcTicks).ToString("d19", CultureInfo.InvariantCulture);
        return $"{age}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{path}\n{etag}")), 0, 8)}";
    }

    /// <summary>Writes a record, over an earlier state of the same drop.</summary>
    public Task WriteAsync(Upload upload, CancellationToken cancellation = default)
    {
        var entity = new TableEntity(upload.Agency, upload.UploadId)
        {
            ["State"] = upload.State.ToString(),
            ["Record"] = Serialize(upload),
        };
        return storage.Uploads.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellation);
    }

    /// <summary>Reads one record, or null if there is none.</summary>
    public async Task<Upload?> FindAsync(string agency, string uploadId, CancellationToken cancellation = default)
    {
        var found = await storage.Uploads.GetEntityIfExistsAsync<TableEntity>(agency, uploadId, cancellationToken: cancellation);
        return found.HasValue ? Deserialize(found.Value!) : null;
    }

    /// <summary>An agency's records, the latest drop first.</summary>
    public async IAsyncEnumerable<Upload> ListAsync(string agency, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var rows = storage.Uploads.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {agency}"), cancellationToken: cancellation);
        await foreach (var entity in rows) yield return Deserialize(entity);
    }

    /// <summary>All agencies' records.</summary>
    public async IAsyncEnumerable<Upload> ListAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var entity in storage.Uploads.QueryAsync<TableEntity>(cancellationToken: cancellation))
        {
            yield return Deserialize(entity);
        }
    }

    /// <summary>Every agency's records in one state.</summary>
    public async IAsyncEnumerable<Upload> ListAsync(UploadState state, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var rows = storage.Uploads.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"State eq {state.ToString()}"), cancellationToken: cancellation);
        await foreach (var entity in rows) yield return Deserialize(entity);
    }

    private static string Serialize(Upload upload)
    {
        // Long raw values may make even twenty problems outgrow a property; the report keeps what is left out here.
        for (var kept = Math.Min(upload.Problems.Count, MaxProblems); ; kept /= 2)
        {
            var text = JsonSerializer.Serialize(upload with { Problems = [.. upload.Problems.Take(kept)] }, OpenDataJson.Options);
            if (text.Length <= MaxPropertyCharacters || kept == 0) return text;
        }
    }

    private static Upload Deserialize(TableEntity entity) =>
        JsonSerializer.Deserialize<Upload>(entity.GetString("Record"), OpenDataJson.Options)!;
}

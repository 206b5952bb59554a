using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using OpenData.Lake;

namespace OpenData.Catalog;

/// <summary>The record of every drop: a table with an agency a partition and the latest drop first.</summary>
/// <param name="storage">Where the records are.</param>
/// <param name="logger">Receives a line for each record that cannot be read; it is shown as such.</param>
public sealed class UploadLog(Storage storage, ILogger<UploadLog>? logger = null)
{
    /// <summary>The most problems kept in a record; the manifest or the quarantine report has them all.</summary>
    public const int MaxProblems = 20;

    private const int MaxPropertyCharacters = 30_000; // a table property holds 64 KiB of UTF-16

    /// <summary>The id of a drop: the same for the same path and ETag, later drops sorting first.</summary>
    public static string IdOf(string path, string etag, DateTimeOffset droppedAt) =>
        $"{Age(droppedAt)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{path}\n{etag}")), 0, 8)}";

    // Falls as time passes, so that later drops sort first.
    private static string Age(DateTimeOffset droppedAt) =>
        (DateTimeOffset.MaxValue.Ticks - droppedAt.UtcTicks).ToString("d19", CultureInfo.InvariantCulture);

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

    /// <summary>An agency's records of drops since a time that are being processed.</summary>
    public async IAsyncEnumerable<Upload> ListProcessingAsync(
        string agency, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var (first, state) = (Age(since), UploadState.Processing.ToString());
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {agency} and RowKey lt {first} and State eq {state}");
        await foreach (var entity in storage.Uploads.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
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

    /// <summary>The ids of an agency's drops that need nothing done: they came to an end, or somebody is at them.</summary>
    /// <param name="agency">The agency.</param>
    /// <param name="since">Only drops made since then.</param>
    /// <param name="begunBefore">Who began with a drop before then and is not done has been cut off.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task<HashSet<string>> SettledAsync(
        string agency, DateTimeOffset since, DateTimeOffset begunBefore, CancellationToken cancellation = default)
    {
        var rows = storage.Uploads.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {agency} and RowKey lt {Age(since) + "~"}"),
            select: [nameof(TableEntity.RowKey), nameof(TableEntity.Timestamp), "State"], cancellationToken: cancellation);
        var settled = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var entity in rows)
        {
            if (entity.GetString("State") != nameof(UploadState.Processing) || entity.Timestamp >= begunBefore) settled.Add(entity.RowKey);
        }

        return settled;
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

    private Upload Deserialize(TableEntity entity) => StoredData.Read(
        "upload", $"{entity.PartitionKey}/{entity.RowKey}", () =>
            JsonSerializer.Deserialize<Upload>(entity.GetString("Record"), OpenDataJson.Stored), logger)
        ?? Damaged(entity);

    /// <summary>What can be said of a drop whose record cannot be read.</summary>
    private static Upload Damaged(TableEntity entity) => new()
    {
        UploadId = entity.RowKey,
        Agency = entity.PartitionKey,
        Path = "",
        ETag = "",
        Bytes = 0,
        DroppedAt = DropTime(entity),
        State = entity.TryGetValue("State", out var state) && Enum.TryParse<UploadState>(state as string, out var known) ? known
            : UploadState.Failed,
        ProblemCount = 1,
        Problems =
        [
            new Problem("record-damaged", Severity.Error, "The record of this upload is damaged or was written by a later release.",
                "Upload the file again; the file itself is kept.")
            {
                Action = "What was published of it is still served.",
            },
        ],
    };

    // The id begins with the time that is left until the end of all time.
    private static DateTimeOffset DropTime(TableEntity entity) =>
        entity.RowKey.Split('-') is [var age, ..] && long.TryParse(age, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTimeOffset.MaxValue.Ticks
            ? new DateTimeOffset(DateTimeOffset.MaxValue.Ticks - ticks, TimeSpan.Zero)
            : entity.Timestamp ?? DateTimeOffset.UnixEpoch;
}

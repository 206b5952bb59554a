using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using OpenData.Access;
using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.Ingest.Publishing;

/// <summary>
/// Destroys the bytes of a dataset that was withdrawn as a whole: versions, originals, drops, quarantine, with every version and snapshot
/// that
/// storage keeps of them, and the values that problem reports quote. It may be cut off anywhere and be repeated.
/// </summary>
/// <remarks>
/// What storage deletes softly it keeps for the account's retention; <see cref="VerifyAsync"/> says of what is left until when. Copies in
/// the
/// caches of instances go with their next start, and are not served meanwhile. Copies that others took are beyond us.
/// </remarks>
public sealed class Purge(Storage storage, DatasetCatalog catalog, UploadLog uploads, AuditLog audit)
{
    /// <summary>Destroys a dataset.</summary>
    /// <returns>How many blobs, versions of blobs and snapshots were deleted.</returns>
    /// <exception cref="PublicationConflictException">It was not withdrawn as a whole before.</exception>
    public async Task<int> RunAsync(DatasetId id, string by, string? note, CancellationToken cancellation = default)
    {
        if ((await catalog.FindAsync(id, cancellation))?.Withdrawals.FirstOrDefault(one => one.Version is null) is not { } withdrawn)
        {
            throw new PublicationConflictException($"'{id}' is not withdrawn: withdraw it first, so that nobody reads it meanwhile.");
        }

        await audit.AddAsync(by, AuditedAction.Purge, $"{id}", note, cancellation: cancellation);
        await catalog.WithdrawAsync(id, withdrawn with { Purged = true }, cancellation: cancellation);
        await catalog.ForgetAsync(id, cancellation);
        var deleted = 0;
        foreach (var (container, prefix) in Places(id))
        {
            await foreach (var blob in ListAsync(container, prefix, cancellation))
            {
                var client = container.GetBlobClient(blob.Name);
                if (blob.Snapshot is { } snapshot) client = client.WithSnapshot(snapshot);
                else if (blob.VersionId is { } version && blob.IsLatestVersion != true) client = client.WithVersion(version);
                var options = blob.Snapshot is null && (blob.VersionId is null || blob.IsLatestVersion == true)
                    ? DeleteSnapshotsOption.IncludeSnapshots
                    : DeleteSnapshotsOption.None;
                if (await client.DeleteIfExistsAsync(options, cancellationToken: cancellation)) deleted++;
            }
        }

        await ForgetValuesAsync(id, cancellation);
        return deleted;
    }

    /// <summary>
    /// What is left of a dataset: the blobs, and those that storage still keeps after they were deleted, with the days until they go.
    /// </summary>
    public async Task<IReadOnlyList<string>> VerifyAsync(DatasetId id, CancellationToken cancellation = default)
    {
        var left = new List<string>();
        foreach (var (container, prefix) in Places(id))
        {
            await foreach (var blob in ListAsync(container, prefix, cancellation))
            {
                left.Add($"{container.Name}/{blob.Name}{(blob.VersionId is { } version ? $" version {version}" : "")}");
            }

            await foreach (var blob in ListAsync(container, prefix, cancellation, deleted: true))
            {
                if (blob.Deleted)
                {
                    left.Add($"{container.Name}/{blob.Name} is deleted and kept for {blob.Properties.RemainingRetentionDays} more days");
                }
            }
        }

        await foreach (var upload in uploads.ListAsync(id.Agency, cancellation))
        {
            if (upload.Dataset == id.Dataset && upload.Problems.Any(problem => problem.RawValue is not null))
            {
                left.Add($"values in the report of upload {upload.UploadId}");
            }
        }

        return left;
    }

    private IEnumerable<(BlobContainerClient Container, string Prefix)> Places(DatasetId id)
    {
        yield return (storage.Lake, $"{id}/");
        yield return (storage.Withheld, $"{id}/");
        yield return (storage.Incoming, $"{id.Agency}/{id.Dataset}/");
        yield return (storage.Quarantine, $"{id.Agency}/{id.Dataset}/");
    }

    private async Task ForgetValuesAsync(DatasetId id, CancellationToken cancellation)
    {
        await foreach (var upload in uploads.ListAsync(id.Agency, cancellation))
        {
            if (upload.Dataset != id.Dataset) continue;
            await uploads.WriteAsync(
                upload with
                {
                    Quarantine = null,
                    Problems = [.. upload.Problems.Select(problem => problem with { RawValue = null })],
                },
                cancellation);
        }
    }

    // Not every account keeps versions, and one that does not refuses to list them.
    private static async IAsyncEnumerable<BlobItem> ListAsync(
        BlobContainerClient container, string prefix,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation,
        bool deleted = false)
    {
        var states = deleted ? BlobStates.Deleted : BlobStates.Version | BlobStates.Snapshots;
        var found = new List<BlobItem>();
        try
        {
            await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, states, prefix, cancellation)) found.Add(blob);
        }
        catch (RequestFailedException e) when (e.Status is 400 or 409)
        {
            found.Clear();
            if (!deleted)
            {
                await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.Snapshots, prefix, cancellation))
                {
                    found.Add(blob);
                }
            }
        }

        foreach (var blob in found) yield return blob;
    }
}

using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.Ingest.Publishing;

/// <summary>
/// Ends the records of drops whose version waited to be served and does so no longer: it is served, or a later drop took its place.
/// </summary>
internal sealed class WaitingUploads(Storage storage, DatasetCatalog catalog, UploadLog uploads, TimeProvider time)
{
    /// <summary>Ends the record of the drop of which a version was built, if that version waits no longer.</summary>
    public async Task SettleAsync(DatasetId id, string version, CancellationToken cancellation)
    {
        if (await HeldVersions.FindAsync(storage, id, version, cancellation) is { } held
            && await uploads.FindAsync(held.Agency, held.UploadId, cancellation) is { } upload)
        {
            await SettleAsync(upload, id, cancellation);
        }
    }

    /// <summary>Ends all such records that a process left behind which ended too early.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SettleAllAsync(CancellationToken cancellation)
    {
        var ended = 0;
        foreach (var state in new[] { UploadState.Held, UploadState.Pending, UploadState.Scheduled })
        {
            await foreach (var upload in uploads.ListAsync(state, cancellation))
            {
                if (DatasetId.TryCreate(upload.Agency, upload.Dataset, out var id) && await SettleAsync(upload, id, cancellation)) ended++;
            }
        }

        return ended;
    }

    private async Task<bool> SettleAsync(Upload upload, DatasetId id, CancellationToken cancellation)
    {
        if (upload is not { State: UploadState.Held or UploadState.Pending or UploadState.Scheduled, Version: { } version }
            || (await catalog.FindAsync(id, cancellation))?.Waiting == version)
        {
            return false;
        }

        var ended = await VersionStore.FindAsync(storage, id, version, cancellation) is { } made
            ? upload with { State = UploadState.Published, Problems = made.Problems, ProblemCount = made.ProblemCount }
            : upload with { State = UploadState.Rejected, Problems = [DropProblems.Superseded], ProblemCount = 1 };
        await uploads.WriteAsync(ended with { FinishedAt = time.GetUtcNow() }, cancellation);
        await HeldVersions.RemoveAsync(storage, id, version, cancellation);
        return true;
    }
}

using Microsoft.Extensions.Logging;
using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.Ingest.Publishing;

/// <summary>What a sweep did.</summary>
/// <param name="Blobs">Blobs deleted that no version names.</param>
/// <param name="Bytes">Their size together.</param>
/// <param name="Uploads">Upload records ended whose drop is gone.</param>
public sealed record Swept(int Blobs, long Bytes, int Uploads);

/// <summary>
/// Removes what attempts left behind that were cut off: parts and copies that no version.json and no held.json names, and records that say
/// <c>processing</c> of drops that are gone. It needs no lock: a version names its blobs before it is served, and what an attempt may
/// still be writing is too young to be swept. Both hosts call it with the daily timer.
/// </summary>
public sealed class Sweeper(
    Storage storage, DatasetCatalog catalog, UploadLog uploads, TimeProvider time, ILogger<Sweeper>? logger = null)
{
    private readonly WaitingUploads _waiting = new(storage, catalog, uploads, time);

    /// <summary>How old a blob must be: much longer than any single attempt at ingest can run.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    /// <summary>How old a drop must be of whose record somebody may still be at work: longer than an attempt can run.</summary>
    public static readonly TimeSpan Attempt = TimeSpan.FromHours(1);

    /// <summary>Sweeps everything once.</summary>
    /// <exception cref="Azure.RequestFailedException">Storage failed; the next sweep goes on.</exception>
    public async Task<Swept> RunAsync(CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        var settled = await _waiting.SettleAllAsync(cancellation);
        var (blobs, bytes) = await SweepLakeAsync(now - Grace, cancellation);
        return new Swept(blobs, bytes, settled + await EndRecordsAsync(now - Attempt, cancellation));
    }

    private async Task<(int Blobs, long Bytes)> SweepLakeAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var (blobs, bytes) = (0, 0L);
        // The listing is sorted by name, so a dataset's blobs follow one another; no more than one dataset's are held.
        var dataset = new LakeFolder("");
        await foreach (var blob in storage.Lake.GetBlobsAsync(cancellationToken: cancellation))
        {
            var folder = blob.Name.Split('/')[0];
            if (folder != dataset.Name)
            {
                await SweepAsync();
                dataset = new LakeFolder(folder);
            }

            dataset.Add(blob.Name, blob.Properties.LastModified < before ? blob.Properties.ContentLength ?? 0 : null);
        }

        await SweepAsync();
        return (blobs, bytes);

        async Task SweepAsync()
        {
            if (dataset.Candidates.Count == 0 || !DatasetId.TryParse(dataset.Name, out var id) || !await KeepVersionsAsync(id)) return;

            foreach (var (name, size) in dataset.Candidates)
            {
                await storage.Lake.DeleteBlobIfExistsAsync(name, cancellationToken: cancellation);
                blobs++;
                bytes += size;
            }
        }

        // What a damaged manifest names is not known, so nothing of its dataset is deleted.
        async Task<bool> KeepVersionsAsync(DatasetId id)
        {
            try
            {
                foreach (var version in dataset.Versions)
                {
                    if (await VersionStore.FindAsync(storage, id, version, cancellation) is { } manifest) dataset.Keep(manifest);
                }

                foreach (var version in dataset.Held)
                {
                    if (await HeldVersions.FindAsync(storage, id, version, cancellation) is { } held) dataset.Keep(held.Version);
                }

                return true;
            }
            catch (DamagedDataException e)
            {
                StoredData.SetAside(e.What, e.Where, e.Message, e, logger);
                return false;
            }
        }
    }

    private async Task<int> EndRecordsAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var ended = 0;
        await foreach (var upload in uploads.ListAsync(UploadState.Processing, cancellation))
        {
            if (upload.DroppedAt >= before || upload.Path.Length == 0) continue;
            var now = await Drop.FindAsync(storage, upload.Path, cancellation);
            if (now?.UploadId == upload.UploadId) continue; // still there: its trigger tries again, or gives up
            await uploads.WriteAsync(
                upload with
                {
                    State = UploadState.Rejected,
                    FinishedAt = time.GetUtcNow(),
                    Problems = [DropProblems.Gone(
                    replaced: now is not null)],
                    ProblemCount = 1
                },
                cancellation);
            ended++;
        }

        return ended;
    }

    /// <summary>One dataset's blobs in the lake, and which of them may go.</summary>
    private sealed class LakeFolder(string name)
    {
        public string Name => name;

        /// <summary>
        /// Versions of which there is any blob; asked for just before sweeping, one may have come to exist since it was listed.
        /// </summary>
        public HashSet<string> Versions { get; } = new(StringComparer.Ordinal);

        /// <summary>Versions that are built and not served.</summary>
        public HashSet<string> Held { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, long> Candidates { get; } = new(StringComparer.Ordinal);

        /// <summary>Notes a blob; its size is null while it is too young to be swept.</summary>
        public void Add(string blob, long? size)
        {
            var steps = blob.Split('/');
            if (steps.Length > 1) Versions.Add(steps[1]);
            if (steps is [_, var version, HeldVersions.FileName]) Held.Add(version);
            else if (size is { } bytes && steps is not [_, _, VersionName.ManifestFile]) Candidates[blob] = bytes;
        }

        /// <summary>Keeps what a version names, wherever in the dataset it lies.</summary>
        public void Keep(DatasetVersion version)
        {
            foreach (var part in version.Parts) Candidates.Remove(part.Blob);
            foreach (var source in version.EarlierSources) Candidates.Remove(source.Original);
            Candidates.Remove(version.Source.Original);
            if (version.Earlier is { } earlier) Candidates.Remove(earlier.Blob);
        }
    }
}

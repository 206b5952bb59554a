using Azure;
using OpenData.Catalog;
using OpenData.Ingest.Metadata;
using OpenData.Lake;

namespace OpenData.Ingest.Publishing;

/// <summary>
/// What becomes of a drop: a version of its dataset, its dataset's metadata, or a report in quarantine that says why not. Both hosts' blob
/// triggers call <see cref="IngestAsync"/> and do nothing else.
/// </summary>
/// <remarks>
/// Every step may be cut off and the whole be run again: parts carry their attempt's name, the manifest is created by exactly one
/// attempt, the catalogue's pointer is swapped by ETag, and the upload record is final only after all of that.
/// </remarks>
public sealed class Ingestor(Storage storage, DatasetCatalog catalog, UploadLog uploads, TimeProvider time)
{
    private readonly VersionMaker _versions = new(storage, catalog, time);
    private readonly QuarantineStore _quarantine = new(storage);

    /// <summary>Ingests one blob of the incoming container. Safe to call any number of times, also at once: the same bytes are one upload and one version.</summary>
    /// <param name="blobName">The blob's name, <c>{agency}/{dataset}/{file}</c>.</param>
    /// <param name="cancellation">Stops the work; what was begun is finished by the next call.</param>
    /// <returns>The drop's upload record in its final state, or null if the blob is not there any more.</returns>
    /// <exception cref="RequestFailedException">Storage failed; trying again may help. Bad data never throws.</exception>
    public async Task<Upload?> IngestAsync(string blobName, CancellationToken cancellation = default)
    {
        if (await Drop.FindAsync(storage, blobName, cancellation) is not { } drop) return null;
        if (await uploads.FindAsync(drop.Agency, drop.UploadId, cancellation) is { State: not UploadState.Processing } known) return known;

        using var span = Telemetry.Begin("ingest");
        span?.SetTag("opendata.path", drop.Path);
        var begun = time.GetTimestamp();
        await uploads.WriteAsync(drop.Record(UploadState.Processing), cancellation);
        var upload = (await DecideAsync(drop, cancellation)) with
        {
            FinishedAt = time.GetUtcNow(),
            Milliseconds = (long)time.GetElapsedTime(begun).TotalMilliseconds,
        };
        await uploads.WriteAsync(upload, cancellation);
        IngestTelemetry.Ended(upload);
        return upload;
    }

    /// <summary>
    /// Ends a drop on which every try failed for a fault of the system: its bytes go to quarantine and its record says <c>failed</c>. Both hosts call
    /// this where they stop trying (on Azure, for the message in the poison queue). Safe to call again if it throws.
    /// </summary>
    /// <param name="blobName">The blob's name.</param>
    /// <param name="etag">The ETag it had when the tries began, if that is known: a blob replaced since is a drop of its own and is left alone.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The drop's upload record in its final state, or null if the blob is not there any more.</returns>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    public async Task<Upload?> GiveUpAsync(string blobName, string? etag = null, CancellationToken cancellation = default)
    {
        if (await Drop.FindAsync(storage, blobName, cancellation) is not { } drop) return null;
        if (etag is not null && new ETag(etag.Trim('"')) != new ETag(drop.ETag.ToString().Trim('"'))) return null;
        if (await uploads.FindAsync(drop.Agency, drop.UploadId, cancellation) is { State: not UploadState.Processing } known) return known;

        var failed = drop.Record(UploadState.Failed) with { FinishedAt = time.GetUtcNow(), Problems = [DropProblems.GivenUp], ProblemCount = 1 };
        var upload = await _quarantine.KeepAsync(drop, failed, cancellation);
        await uploads.WriteAsync(upload, cancellation);
        IngestTelemetry.Ended(upload);
        return upload;
    }

    private async Task<Upload> DecideAsync(Drop drop, CancellationToken cancellation)
    {
        try
        {
            if (drop.Dataset is not { } id) return await RejectAsync(drop, [DropProblems.Misplaced(drop)], cancellation: cancellation);
            return drop.IsMetadata ? await DescribeAsync(drop, id, cancellation) : await PublishAsync(drop, id, cancellation);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            // If the bytes are no more, whatever replaced them is a drop of its own; if they are, storage had a fault.
            if (DropProblems.SinceGone(drop, await Drop.FindAsync(storage, drop.Path, cancellation)) is not { } gone) throw;
            return drop.Record(UploadState.Rejected) with { Problems = [gone], ProblemCount = 1 };
        }
    }

    private async Task<Upload> DescribeAsync(Drop drop, DatasetId id, CancellationToken cancellation)
    {
        var (metadata, problems) = await MetadataFile.ReadAsync(drop.Content, cancellation);
        if (metadata is null) return await RejectAsync(drop, problems, "dataset.json", cancellation: cancellation);

        await catalog.DescribeAsync(id, metadata, drop.DroppedAt, cancellation);
        return drop.Record(UploadState.Published) with { Format = "dataset.json", Problems = problems, ProblemCount = problems.Count };
    }

    private async Task<Upload> PublishAsync(Drop drop, DatasetId id, CancellationToken cancellation)
    {
        var made = await _versions.MakeAsync(drop, id, cancellation);
        if (made.Rejected is { } found) return await RejectAsync(drop, found.Problems, found.Format, found.Encoding, found.ProblemCount, cancellation);

        var version = made.Version!;
        var source = version.EarlierSources.LastOrDefault(earlier => earlier.Path == drop.Path && earlier.ETag == drop.ETag.ToString("H")) ?? version.Source;
        return drop.Record(UploadState.Published) with
        {
            Version = version.Version,
            Format = source.Format,
            Encoding = source.Encoding,
            Rows = source.Rows,
            Columns = version.Fields.Count,
            Problems = version.Problems,
            ProblemCount = version.ProblemCount,
        };
    }

    private async Task<Upload> RejectAsync(
        Drop drop, IReadOnlyList<Problem> problems, string? format = null, string? encoding = null, long? problemCount = null,
        CancellationToken cancellation = default)
    {
        var upload = drop.Record(UploadState.Rejected) with
        {
            FinishedAt = time.GetUtcNow(),
            Format = format,
            Encoding = encoding,
            Problems = problems,
            ProblemCount = problemCount ?? problems.Count,
        };
        return await _quarantine.KeepAsync(drop, upload, cancellation);
    }
}

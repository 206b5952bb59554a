using Azure;
using OpenData.Access;
using OpenData.Catalog;
using OpenData.Ingest.Metadata;
using OpenData.Lake;

namespace OpenData.Ingest.Publishing;

/// <summary>
/// What becomes of a drop: a version of its dataset, its dataset's metadata, or a report in quarantine that says why not. The hosts reach
/// it
/// through <see cref="DropReceiver"/>, which tries again where the system fails.
/// </summary>
/// <remarks>
/// Every step may be cut off and the whole be run again: parts carry their attempt's name, the manifest is created by exactly one
/// attempt, the catalogue's pointer is swapped by ETag, and the upload record is final only after all of that.
/// </remarks>
public sealed class Ingestor(
    Storage storage, DatasetCatalog catalog, UploadLog uploads, TimeProvider time, OpenDataSettings? settings = null)
{
    private readonly VersionMaker _versions = new(storage, catalog, time, settings?.PseudonymSecret);
    private readonly QuarantineStore _quarantine = new(storage);
    private readonly AuditLog _audit = new(storage, time);
    private readonly WaitingUploads _waiting = new(storage, catalog, uploads, time);

    /// <summary>
    /// Ingests one blob of the incoming container. Safe to call any number of times, also at once: the same bytes are one upload and one
    /// version.
    /// </summary>
    /// <param name="blobName">The blob's name, <c>{agency}/{dataset}/{file}</c>.</param>
    /// <param name="cancellation">Stops the work; what was begun is finished by the next call.</param>
    /// <returns>The drop's upload record in its final state, or null if the blob is not there any more.</returns>
    /// <exception cref="RequestFailedException">Storage failed; trying again may help. Bad data never throws.</exception>
    public Task<Upload?> IngestAsync(string blobName, CancellationToken cancellation = default) =>
        IngestAsync(blobName, isRetry: false, cancellation);

    /// <summary>Ingests one blob; a retry belongs to the call before it.</summary>
    internal async Task<Upload?> IngestAsync(string blobName, bool isRetry, CancellationToken cancellation)
    {
        if (await Drop.FindAsync(storage, blobName, cancellation) is not { } drop) return null;
        var before = await uploads.FindAsync(drop.Agency, drop.UploadId, cancellation);
        if (before is { State: not UploadState.Processing }) return before;
        // As often as it was begun it never came to an end, not even to an error.
        if (before?.Calls > DropReceiver.Delays.Count && !isRetry) return await GiveUpAsync(blobName, Fault.CutOff, cancellation);

        using var span = Telemetry.Begin("ingest");
        span?.SetTag("opendata.path", drop.Path);
        var begun = time.GetTimestamp();
        var processing = drop.Record(UploadState.Processing) with
        {
            Calls = (before?.Calls ?? 0) + (isRetry && before is not null ? 0 : 1),
            Fault = Fault.CutOff,
        };
        await uploads.WriteAsync(processing, cancellation);
        await EndReplacedAsync(drop, cancellation);
        var upload = (await DecideAsync(drop, cancellation)) with
        {
            Calls = processing.Calls,
            FinishedAt = time.GetUtcNow(),
            Milliseconds = (long)time.GetElapsedTime(begun).TotalMilliseconds,
        };
        await LogAsync(upload, cancellation);
        await uploads.WriteAsync(upload, cancellation);
        IngestTelemetry.Ended(upload);
        return upload;
    }

    /// <summary>
    /// Ends a drop on which every try failed, not because of the file: its bytes go to quarantine and its record says <c>failed</c>.
    /// </summary>
    /// <param name="blobName">The blob's name.</param>
    /// <param name="fault">What stopped the last try.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The drop's upload record in its final state, or null if the blob is not there any more.</returns>
    /// <exception cref="RequestFailedException">Storage failed. Safe to call again.</exception>
    public async Task<Upload?> GiveUpAsync(string blobName, Fault fault, CancellationToken cancellation = default)
    {
        if (await Drop.FindAsync(storage, blobName, cancellation) is not { } drop) return null;
        var before = await uploads.FindAsync(drop.Agency, drop.UploadId, cancellation);
        if (before is { State: not UploadState.Processing }) return before;

        var failed = drop.Record(UploadState.Failed) with
        {
            FinishedAt = time.GetUtcNow(),
            Calls = before?.Calls ?? 0,
            Fault = fault,
            Problems = [fault is Fault.Memory or Fault.CutOff ? DropProblems.TooDemanding : DropProblems.GivenUp],
            ProblemCount = 1,
        };
        var upload = await _quarantine.KeepAsync(drop, failed, cancellation);
        await LogAsync(upload, cancellation);
        await uploads.WriteAsync(upload, cancellation);
        IngestTelemetry.Ended(upload);
        return upload;
    }

    /// <summary>Notes why a drop was not ingested, and when it is tried again.</summary>
    internal async Task<Upload?> PostponeAsync(string blobName, Fault fault, DateTimeOffset nextTry, CancellationToken cancellation)
    {
        if (await Drop.FindAsync(storage, blobName, cancellation) is not { } drop) return null;
        var before = await uploads.FindAsync(drop.Agency, drop.UploadId, cancellation);
        if (before is { State: not UploadState.Processing }) return before;
        var waiting = drop.Record(UploadState.Processing) with { Calls = before?.Calls ?? 1, Fault = fault, NextTry = nextTry };
        await uploads.WriteAsync(waiting, cancellation);
        return waiting;
    }

    /// <summary>How many calls the hosts have made for the blob of a name.</summary>
    internal async Task<int> CallsAsync(string blobName, CancellationToken cancellation) =>
        await Drop.FindAsync(storage, blobName, cancellation) is { } drop
            && await uploads.FindAsync(drop.Agency, drop.UploadId, cancellation) is { } known
            ? known.Calls
            : 0;

    // If the process ended and the blob was replaced meanwhile, no other call completes the record of the earlier drop.
    private async Task EndReplacedAsync(Drop drop, CancellationToken cancellation)
    {
        await foreach (var upload in uploads.ListProcessingAsync(drop.Agency, drop.DroppedAt - TimeSpan.FromDays(1), cancellation))
        {
            if (upload.Path != drop.Path || upload.UploadId == drop.UploadId) continue;
            var gone = DropProblems.Gone(replaced: true);
            await uploads.WriteAsync(
                upload with
                {
                    State = UploadState.Rejected,
                    FinishedAt = time.GetUtcNow(),
                    NextTry = null,
                    Problems = [gone],
                    ProblemCount =
                    1
                },
                cancellation);
        }
    }

    // Written before the record is final: whoever is cut off in between writes it twice rather than never.
    private Task LogAsync(Upload upload, CancellationToken cancellation) => _audit.AddAsync(
        "storage", upload.State is UploadState.Held or UploadState.Pending ? AuditedAction.Hold : AuditedAction.Drop, upload.Path,
        detail: $"{upload.State.ToString().ToLowerInvariant()}, upload {upload.UploadId}, version {upload.Version ?? "none"}",
        cancellation: cancellation);

    // Whether what is served already would be shown to more people.
    private static bool Opens(DatasetEntry? before, DatasetMetadata metadata)
    {
        if (before?.Current is null) return false;
        var (was, now) = (before.Access, AccessDeclaration.Of(metadata));
        return now.Rights < was.Rights || now.Grants.Except(was.Grants).Any() || (now.Listed && !was.Listed)
            || (was.ReleaseAt is { } at && (now.ReleaseAt is null || now.ReleaseAt < at));
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

        var before = await catalog.FindAsync(id, cancellation);
        if (Opens(before, metadata) && (await PublicationRules.ReadAsync(storage, cancellation)).NeedsApproval(id.Agency))
        {
            return await RejectAsync(drop, [.. problems, PublicationProblems.Opens], "dataset.json", cancellation: cancellation);
        }

        await catalog.DescribeAsync(id, metadata, drop.DroppedAt, cancellation);
        await _versions.ReleaseAsync(id, cancellation);
        if (before?.Waiting is { } waiting) await _waiting.SettleAsync(id, waiting, cancellation);
        var applied = await _versions.ApplyDeclarationAsync(id, before?.Metadata, cancellation);
        IReadOnlyList<Problem> found = applied switch
        {
            { IsUnchanged: true } => [.. problems, DropProblems.AppliesLater],
            { Rejected: { } rejected } => [.. problems, DropProblems.NotApplied, .. rejected.Problems],
            _ => problems,
        };
        return drop.Record(UploadState.Published) with
        {
            Format = "dataset.json",
            Version = applied?.Version?.Version,
            Problems = found,
            ProblemCount = found.Count,
        };
    }

    private async Task<Upload> PublishAsync(Drop drop, DatasetId id, CancellationToken cancellation)
    {
        var waiting = (await catalog.FindAsync(id, cancellation))?.Waiting;
        var made = await _versions.MakeAsync(drop, id, cancellation);
        if (waiting is not null && waiting != made.Version?.Version) await _waiting.SettleAsync(id, waiting, cancellation);
        if (made.Rejected is { } found)
        {
            return await RejectAsync(drop, found.Problems, found.Format, found.Encoding, found.ProblemCount, cancellation);
        }

        var version = made.Version!;
        var source = version.EarlierSources.LastOrDefault(earlier => earlier.Path == drop.Path && earlier.ETag == drop.ETag.ToString("H"))
            ?? version.Source;
        if (made.IsUnchanged)
        {
            return drop.Record(UploadState.Published) with
            {
                Version = version.Version,
                Format = source.Format,
                Encoding = source.Encoding,
                Columns = version.Fields.Count,
                Problems = [DropProblems.Unchanged(appended: version.EarlierSources.Count > 0)],
                ProblemCount = 1,
            };
        }

        return drop.Record(made.Held?.State ?? UploadState.Published) with
        {
            Version = version.Version,
            Format = source.Format,
            Encoding = source.Encoding,
            Rows = source.Rows,
            Columns = version.Fields.Count,
            Problems = [.. made.Held?.Reasons ?? [], .. version.Problems],
            ProblemCount = version.ProblemCount + (made.Held?.Reasons.Count ?? 0),
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

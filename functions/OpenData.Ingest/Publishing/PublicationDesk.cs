using OpenData.Access;
using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.Ingest.Publishing;

/// <summary>What a decision about publication meets that it cannot be carried out on. The message may be shown.</summary>
/// <param name="message">What is in the way.</param>
public sealed class PublicationConflictException(string message) : Exception(message);

/// <summary>
/// Decisions about what is published: approve and refuse what waits, withdraw and restore, purge. Each is written to the audit log before
/// it is
/// carried out, and may be repeated after it was cut off.
/// </summary>
public sealed class PublicationDesk(Storage storage, DatasetCatalog catalog, UploadLog uploads, AuditLog audit, TimeProvider time)
{
    /// <summary>For how long personal data that an approver lets through may be published without another decision.</summary>
    public static readonly TimeSpan Exempted = TimeSpan.FromDays(365);

    private readonly WaitingUploads _waiting = new(storage, catalog, uploads, time);

    /// <summary>What a dataset waits for; null if nothing waits.</summary>
    public async Task<HeldVersion?> FindWaitingAsync(DatasetId id, CancellationToken cancellation = default) =>
        await catalog.FindAsync(id, cancellation) is { Waiting: { } name }
            ? await HeldVersions.FindAsync(storage, id, name, cancellation) : null;

    /// <summary>How the version that waits differs from the one that is served: schema, rows and quality.</summary>
    public async Task<VersionComparison?> CompareAsync(DatasetId id, CancellationToken cancellation = default)
    {
        if (await FindWaitingAsync(id, cancellation) is not { } held) return null;
        var served = await catalog.FindAsync(id, cancellation) is { Current: { } current }
            ? await VersionStore.FindAsync(storage, id, current.Version, cancellation)
            : null;
        return VersionComparison.Of(held, served);
    }

    /// <summary>Serves the version that a dataset waits for.</summary>
    /// <exception cref="PublicationConflictException">It is not what waits, or something else was published meanwhile.</exception>
    public async Task ApproveAsync(DatasetId id, string version, string by, string? note, CancellationToken cancellation = default)
    {
        var held = await WaitingAsync(id, version, cancellation);
        var served = (await catalog.FindAsync(id, cancellation))?.Current?.Version ?? "";
        var exemptions = held.Reasons.Where(reason => reason is { Code: "personal-data", Kind: not null, Column: not null })
            .Select(reason => new DisclosureExemption(reason.Column!, reason.Kind!, by, note ?? "", time.GetUtcNow() + Exempted)).ToList();
        if (exemptions.Count > 0)
        {
            if (string.IsNullOrWhiteSpace(note))
            {
                throw new PublicationConflictException(
                    "It holds personal data: the note must say on which legal basis it may be published.");
            }

            var what = string.Join(", ", exemptions.Select(one => $"{one.Field}: {one.Kind}"));
            await audit.AddAsync(by, AuditedAction.Exception, $"{id} {version}", note, what, cancellation);
            await catalog.ExemptAsync(id, exemptions, cancellation);
        }

        await audit.AddAsync(by, AuditedAction.Approve, $"{id} {version}", note, cancellation: cancellation);
        await VersionStore.TryCreateAsync(storage, held.Version, cancellation);
        if (!await catalog.PublishAsync(held.Version, served, cancellation))
        {
            throw new PublicationConflictException("Another version was published meanwhile: look at what waits now.");
        }

        await _waiting.SettleAsync(id, version, cancellation);
    }

    /// <summary>Sends back the version that a dataset waits for; its report says why.</summary>
    /// <exception cref="PublicationConflictException">It is not what waits.</exception>
    public async Task RefuseAsync(DatasetId id, string version, string by, string note, CancellationToken cancellation = default)
    {
        var held = await WaitingAsync(id, version, cancellation);
        await audit.AddAsync(by, AuditedAction.Refuse, $"{id} {version}", note, cancellation: cancellation);
        if (await uploads.FindAsync(held.Agency, held.UploadId, cancellation) is { } upload)
        {
            await uploads.WriteAsync(
                upload with
                {
                    State = UploadState.Rejected,
                    FinishedAt = time.GetUtcNow(),
                    Problems = [PublicationProblems.Refused(note), .. upload.Problems],
                    ProblemCount = upload.ProblemCount + 1,
                },
                cancellation);
        }

        await catalog.EndWaitAsync(id, held.Version.Source.DroppedAt, cancellation);
        await HeldVersions.RemoveAsync(storage, id, version, cancellation);
    }

    /// <summary>
    /// Takes a dataset back, or one version with every other that has its rows. If the version that is served goes, the last one before
    /// it that
    /// stays is served, or none.
    /// </summary>
    /// <exception cref="PublicationConflictException">There is no such dataset or version.</exception>
    public async Task WithdrawAsync(
        DatasetId id, string? version, WithdrawalReason reason, string by, string? note, CancellationToken cancellation = default)
    {
        var entry = await catalog.FindAsync(id, cancellation) ?? throw new PublicationConflictException($"There is no dataset '{id}'.");
        await audit.AddAsync(
            by, AuditedAction.Withdraw, version is null ? $"{id}" : $"{id} {version}", note, reason.ToString(), cancellation: cancellation);
        var now = time.GetUtcNow();
        if (version is null)
        {
            await catalog.WithdrawAsync(id, new Withdrawal(null, reason, now), cancellation: cancellation);
            return;
        }

        var all = await VersionsAsync(id, cancellation);
        var first = all.Find(one =>
            one.Version == version) ?? throw new PublicationConflictException($"'{id}' has no version '{version}'.");
        var gone = all.Where(one => Has(one, first.Source)).ToList();
        var known = entry.Withdrawals.Select(one => one.Version).Concat(gone.Select(one => one.Version)).ToHashSet(StringComparer.Ordinal);
        var instead = all.Where(one => !known.Contains(one.Version)).MaxBy(one => one.Version, StringComparer.Ordinal);
        // The one that is served last: whoever is cut off leaves it served until this is repeated, and never serves another withdrawn one.
        foreach (var one in gone.OrderBy(one => one.Version == entry.Current?.Version))
        {
            await catalog.WithdrawAsync(
                id, new Withdrawal(one.Version, reason, now) { Sha256 = first.Source.Sha256 }, instead, cancellation);
        }
    }

    /// <summary>Undoes the withdrawal of a whole dataset.</summary>
    /// <exception cref="PublicationConflictException">It is not withdrawn, or was purged.</exception>
    public async Task RestoreAsync(DatasetId id, string by, string? note, CancellationToken cancellation = default)
    {
        await audit.AddAsync(by, AuditedAction.Restore, $"{id}", note, cancellation: cancellation);
        if (!await catalog.RestoreAsync(id, cancellation))
        {
            throw new PublicationConflictException(
                $"'{id}' is not withdrawn as a whole, or was purged: what is destroyed cannot be restored.");
        }
    }

    private async Task<HeldVersion> WaitingAsync(DatasetId id, string version, CancellationToken cancellation) =>
        await FindWaitingAsync(id, cancellation) is { } held && held.Version.Version == version
            ? held
            : throw new PublicationConflictException(
                $"The version '{version}' of '{id}' does not wait: it was decided, or a later drop took its place.");

    private static bool Has(DatasetVersion version, SourceFile source) =>
        version.Source.Sha256 == source.Sha256 || version.EarlierSources.Any(one => one.Sha256 == source.Sha256);

    private async Task<List<DatasetVersion>> VersionsAsync(DatasetId id, CancellationToken cancellation)
    {
        var versions = new List<DatasetVersion>();
        await foreach (var blob in storage.Lake.GetBlobsAsync(
            Azure.Storage.Blobs.Models.BlobTraits.None, Azure.Storage.Blobs.Models.BlobStates.None, $"{id}/", cancellation))
        {
            if (blob.Name.Split('/') is not [_, var name, VersionName.ManifestFile]) continue;
            if (await VersionStore.FindAsync(storage, id, name, cancellation) is { } version) versions.Add(version);
        }

        return versions;
    }
}

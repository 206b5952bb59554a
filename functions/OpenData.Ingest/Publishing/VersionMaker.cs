using Azure;
using OpenData.Catalog;
using OpenData.Disclosure;
using OpenData.Ingest.Protecting;
using OpenData.Ingest.Typing;
using OpenData.Lake;

namespace OpenData.Ingest.Publishing;

/// <summary>What a file was made into: a version that is published, or the reasons why not.</summary>
/// <param name="Version">The version that holds its rows; null if the file was rejected.</param>
/// <param name="Rejected">What was found in a file that was rejected; otherwise null.</param>
internal sealed record MadeVersion(DatasetVersion? Version, ConversionResult? Rejected)
{
    /// <summary>The file has the bytes of one whose rows are in the version already: no version was made.</summary>
    public bool IsUnchanged { get; init; }

    /// <summary>The version is not served, and why; null if it is.</summary>
    public HeldVersion? Held { get; init; }
}

/// <summary>
/// Makes a file a version of its dataset: converts it, gives it its place beside or behind what is served, and publishes it.
/// </summary>
internal sealed class VersionMaker(Storage storage, DatasetCatalog catalog, TimeProvider time, string? pseudonymSecret)
{
    private readonly SourceConverter _converter = new(storage, time);

    /// <summary>
    /// Makes and publishes the version of a drop. It is based on exactly the version that is served: if another drop or another
    /// dataset.json comes in
    /// between, its place is looked for anew. Running it again after it was cut off completes what is left.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage failed; or, with status 412, the drop was replaced by a later one.</exception>
    public async Task<MadeVersion> MakeAsync(Drop drop, DatasetId id, CancellationToken cancellation)
    {
        var source = drop.Source;
        DatasetVersion? rows = null; // of the drop alone
        IReadOnlyList<Finding> findings = [];
        while (true)
        {
            var entry = await catalog.FindAsync(id, cancellation);
            if (entry?.Withdrawals.Any(one => one is { Version: null, Purged: true }) == true)
            {
                return new MadeVersion(null, Unpublished(PublicationProblems.Purged));
            }

            var appends = entry?.Metadata.Ingest?.UpdateMode == UpdateMode.Append;
            var current = await CurrentAsync(entry, mustBeSound: appends, cancellation);
            appends &= current is not null;
            if (current is not null && await SameAsync(source, entry!, current, appends, cancellation) is { } same)
            {
                if (entry!.Waiting is not null) await catalog.EndWaitAsync(id, source.DroppedAt, cancellation);
                return new MadeVersion(current, null) { IsUnchanged = same.ETag != source.ETag };
            }

            if (rows?.Declaration != Declarations.Of(entry?.Metadata)) rows = null;
            var late = !appends && entry?.Current is { } served && served.DroppedAt > source.DroppedAt;
            var name = NameOf(source, entry, appends, late);
            var version = await VersionStore.FindAsync(storage, id, name, cancellation);
            if (version is null)
            {
                if (rows is null)
                {
                    var options = Options(id) with { Appends = appends };
                    var metadata = entry?.Metadata ?? new DatasetMetadata();
                    var converted = await _converter.ConvertAsync(source, id, name, metadata, current?.Fields, options, cancellation);
                    if (converted.Version is not null && current is not null && current.Reader != Conversion.ReaderVersion
                        && SchemaComparison.AreMissing(current.Fields, converted.Version.Fields))
                    {
                        // They may differ by how they were read only.
                        var relabelled = await _converter.RelabelAsync(current, metadata, options, cancellation);
                        converted = await _converter.ConvertAsync(source, id, name, metadata, relabelled, options, cancellation);
                    }

                    if (converted.Version is null) return new MadeVersion(null, converted.Rejected);
                    (rows, findings) = (converted.Version, converted.Findings);
                }

                if (appends && SchemaComparison.Disagreements(current!.Fields, rows.Fields).ToList() is { Count: > 0 } differences)
                {
                    return new MadeVersion(null, Refused(rows, differences));
                }

                version = appends ? Behind(current!, rows, name) : Instead(late ? null : current, rows, name);
                if (await WaitsAsync(version, entry, appends || late ? null : current, findings, drop, cancellation) is { } waits)
                {
                    return await HoldAsync(waits, cancellation);
                }

                version = await CreateAsync(version, id, cancellation);
                // a faster attempt's, if there was one
                rows = rows with { Parts = [.. version.Parts.Skip(appends ? current!.Parts.Count : 0)] };
            }

            if (late) return new MadeVersion(version, null);
            // Whoever was replaced must not publish behind the one that replaced it; appended rows stay.
            if (!appends && (await Drop.FindAsync(storage, drop.Path, cancellation))?.ETag != drop.ETag)
            {
                throw new RequestFailedException(412, $"{drop.Path} was replaced.");
            }

            if (await catalog.PublishAsync(version, entry?.Current?.Version ?? "", cancellation)
                && (appends || await IsAsDeclaredAsync(version, id, cancellation)))
            {
                return new MadeVersion(version, null);
            }
        }
    }

    /// <summary>
    /// Makes the served version anew, from its original, if the dataset.json now in force says something else about reading files than it
    /// was made under.
    /// </summary>
    /// <param name="id">The dataset.</param>
    /// <param name="before">What was in force before: versions of earlier releases do not say what they were made under.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>What was made; null if there was nothing to do.</returns>
    public async Task<MadeVersion?> ApplyDeclarationAsync(DatasetId id, DatasetMetadata? before, CancellationToken cancellation)
    {
        while (true)
        {
            var entry = await catalog.FindAsync(id, cancellation);
            var declaration = Declarations.Of(entry?.Metadata);
            if (await CurrentAsync(entry, mustBeSound: false, cancellation) is not { } current
                || (current.Declaration ?? Declarations.Of(before)) == declaration)
            {
                return null;
            }

            // Read otherwise, the file shows something else than was approved: that goes for the files that are uploaded from now on.
            var isApproved = (await PublicationRules.ReadAsync(storage, cancellation)).NeedsApproval(id.Agency);
            if (current.EarlierSources.Count > 0 || isApproved) return new MadeVersion(current, null) { IsUnchanged = true };

            var blob = (current.IsOriginalWithheld ? storage.Withheld : storage.Lake).GetBlobClient(current.Source.Original);
            var kept = (await blob.GetPropertiesAsync(cancellationToken: cancellation)).Value;
            var source = new VersionSource(
                current.Source.Path, current.Source.ETag, current.Source.DroppedAt, blob, kept.ETag, kept.ContentLength)
            { Original = current.Source.Original, IsWithheld = current.IsOriginalWithheld };
            var name = VersionName.After(current.Version, source.Path, Tag(source, declaration), source.DroppedAt);
            var version = await VersionStore.FindAsync(storage, id, name, cancellation);
            if (version is null)
            {
                var converted = await _converter.ConvertAsync(
                    source, id, name, entry!.Metadata, current.Fields, Options(id), cancellation);
                if (converted.Version is null) return new MadeVersion(null, converted.Rejected);
                if (Undecided(entry, converted.Findings) is [var personal, ..]) return new MadeVersion(null, Unpublished(personal));
                version = await CreateAsync(Instead(current, converted.Version, name), id, cancellation);
            }

            if (await catalog.PublishAsync(version, current.Version, cancellation)) return new MadeVersion(version, null);
        }
    }

    /// <summary>
    /// Serves the version that a dataset waits for because it lost too much, if the dataset.json now in force allows the loss.
    /// </summary>
    /// <returns>What is served now; null if nothing was held, or it is held on.</returns>
    public async Task<HeldVersion?> ReleaseAsync(DatasetId id, CancellationToken cancellation)
    {
        while (true)
        {
            var entry = await catalog.FindAsync(id, cancellation);
            if (entry?.Waiting is not { } name
                || await HeldVersions.FindAsync(storage, id, name, cancellation) is not { State: UploadState.Held } held
                || held.Version.Declaration != Declarations.Of(entry.Metadata)
                || held.Reasons.Any(reason => reason.Code != ShrinkingGuard.Code)
                || (await PublicationRules.ReadAsync(storage, cancellation)).NeedsApproval(id.Agency))
            {
                return null;
            }

            var current = await CurrentAsync(entry, mustBeSound: false, cancellation);
            if (current is not null && ShrinkingGuard.Reasons(current, held.Version, MayLose(entry)).Count > 0) return null;
            if (await PublishAsync(held, entry, cancellation)) return held;
        }
    }

    /// <summary>Makes a version that was held exist, and serves it in place of exactly the one that is served now.</summary>
    private async Task<bool> PublishAsync(HeldVersion held, DatasetEntry entry, CancellationToken cancellation)
    {
        var version = await CreateAsync(held.Version, entry.Id, cancellation);
        return await catalog.PublishAsync(version, entry.Current?.Version ?? "", cancellation);
    }

    private async Task<MadeVersion> HoldAsync(HeldVersion held, CancellationToken cancellation)
    {
        held = await HeldVersions.KeepAsync(storage, held, cancellation);
        await catalog.WaitAsync(held.Version, cancellation);
        return new MadeVersion(held.Version, null) { Held = held };
    }

    /// <summary>What keeps a version from being served now; null if nothing does.</summary>
    private async Task<HeldVersion?> WaitsAsync(
        DatasetVersion version, DatasetEntry? entry, DatasetVersion? replaced, IReadOnlyList<Finding> findings, Drop drop,
        CancellationToken cancellation)
    {
        if (Undecided(entry, findings) is { Count: > 0 } personal) return Held(UploadState.Held, personal);
        if (entry?.Withdrawals.FirstOrDefault(one => one.Sha256 == version.Source.Sha256) is { } withdrawn)
        {
            return Held(UploadState.Held, [PublicationProblems.Withdrawn(withdrawn)]);
        }

        var shrinks = replaced is null ? [] : ShrinkingGuard.Reasons(replaced, version, MayLose(entry));
        if (shrinks.Count > 0) return Held(UploadState.Held, shrinks);
        return (await PublicationRules.ReadAsync(storage, cancellation)).NeedsApproval(drop.Agency)
            ? Held(UploadState.Pending, [PublicationProblems.Pending])
            : null;

        HeldVersion Held(UploadState state, IReadOnlyList<Problem> reasons) => new(version, state, drop.Agency, drop.UploadId, reasons);
    }

    // Personal data that no approver has let through, or not for now.
    private List<Problem> Undecided(DatasetEntry? entry, IReadOnlyList<Finding> findings)
    {
        var now = time.GetUtcNow();
        return
        [
            .. DisclosureProblems.Of([.. findings.Where(finding => entry?.Exceptions.Any(
                one => one.Field == finding.Column && one.Kind == finding.Kind && one.Until > now) != true)]),
        ];
    }

    private ConversionOptions Options(DatasetId id) =>
        ConversionOptions.Default with { PseudonymKey = Pseudonyms.KeyOf(id, pseudonymSecret) };

    private static ConversionResult Unpublished(Problem problem) => new() { Published = false, Problems = [problem], ProblemCount = 1 };

    private static int MayLose(DatasetEntry? entry) => entry?.Metadata.Ingest?.MayLose ?? IngestDeclaration.UsualLoss;

    private static string NameOf(VersionSource source, DatasetEntry? entry, bool appends, bool late)
    {
        var tag = Tag(source, Declarations.Of(entry?.Metadata));
        if (appends) return VersionName.After(entry!.Current!.Version, source.Path, tag, source.DroppedAt);
        return entry?.Current is { } served && !late
            ? VersionName.Replacing(served.Version, source.Path, tag, source.DroppedAt)
            : VersionName.Of(source.Path, tag, source.DroppedAt);
    }

    // The same drop under another declaration is another version.
    private static string Tag(VersionSource source, string declaration) =>
        declaration == Declarations.None ? source.ETag : $"{source.ETag}\n{declaration}";

    /// <summary>The source of the version that is served whose rows are those of the file; null if the file brings something new.</summary>
    private static async Task<SourceFile?> SameAsync(
        VersionSource source, DatasetEntry entry, DatasetVersion current, bool appends, CancellationToken cancellation)
    {
        var declaration = Declarations.Of(entry.Metadata);
        var before = Sources(current).Where(known => known.Path == source.Path).ToList();
        if (!appends && (current.EarlierSources.Count > 0 || (current.Declaration ?? declaration) != declaration)) return null;
        if (before.FindLast(known => known.ETag == source.ETag) is { } itself) return itself;
        if (appends && entry.Metadata.Ingest!.Repeat) return null;
        if (!before.Exists(known => known.Bytes == source.Bytes)) return null; // nearly always, and the bytes need not be read
        var sha256 = await SourceConverter.HashAsync(source, cancellation);
        return before.FindLast(known => known.Bytes == source.Bytes && known.Sha256 == sha256);
    }

    private async Task<bool> IsAsDeclaredAsync(DatasetVersion version, DatasetId id, CancellationToken cancellation) =>
        (version.Declaration ?? Declarations.None) == Declarations.Of((await catalog.FindAsync(id, cancellation))?.Metadata);

    /// <summary>Makes the version exist; if another attempt at it was faster, that one is the version, and our parts go.</summary>
    private async Task<DatasetVersion> CreateAsync(DatasetVersion version, DatasetId id, CancellationToken cancellation)
    {
        if (await VersionStore.TryCreateAsync(storage, version, cancellation)) return version;
        var faster = (await VersionStore.FindAsync(storage, id, version.Version, cancellation))!;
        foreach (var part in version.Parts.Except(faster.Parts))
        {
            await storage.Lake.DeleteBlobIfExistsAsync(part.Blob, cancellationToken: cancellation);
        }

        return faster;
    }

    private async Task<DatasetVersion?> CurrentAsync(DatasetEntry? entry, bool mustBeSound, CancellationToken cancellation)
    {
        if (entry?.Current is not { } pointer) return null;
        try
        {
            return await VersionStore.FindAsync(storage, entry.Id, pointer.Version, cancellation);
        }
        catch (DamagedDataException) when (!mustBeSound)
        {
            return null; // the whole dataset is replaced, and mended so
        }
    }

    // A drop that arrives late is compared with nothing: what is served is no version before it.
    private static DatasetVersion Instead(DatasetVersion? current, DatasetVersion rows, string name)
    {
        var changes = current is null ? [] : SchemaComparison.Changes(current.Fields, rows.Fields).ToList();
        return rows with { Version = name, Problems = [.. rows.Problems, .. changes], ProblemCount = rows.ProblemCount + changes.Count };
    }

    private static DatasetVersion Behind(DatasetVersion current, DatasetVersion rows, string name) => rows with
    {
        Version = name,
        Earlier = current.Earlier,
        EarlierSources = [.. Sources(current)],
        Fields = [.. current.Fields.Where(field => field.Type != FieldType.GeoPoint || rows.Fields.Contains(field))],
        Parts = [.. current.Parts, .. rows.Parts],
        Rows = current.Rows + rows.Rows,
    };

    private static IEnumerable<SourceFile> Sources(DatasetVersion version) => [.. version.EarlierSources, version.Source];

    private static ConversionResult Refused(DatasetVersion rows, List<Problem> differences) => new()
    {
        Published = false,
        Format = rows.Source.Format,
        Encoding = rows.Source.Encoding,
        Fields = rows.Fields,
        Problems = [.. differences, .. rows.Problems],
        ProblemCount = rows.ProblemCount + differences.Count,
    };
}

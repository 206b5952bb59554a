using System.Security.Cryptography;
using OpenData.Catalog;
using OpenData.Ingest.Typing;
using OpenData.Lake;

namespace OpenData.Ingest.Publishing;

/// <summary>What a drop was made into: a version that is published, or the reasons why not.</summary>
/// <param name="Version">The version that holds its rows; null if the drop was rejected.</param>
/// <param name="Rejected">What was found in a drop that was rejected; otherwise null.</param>
internal sealed record MadeVersion(DatasetVersion? Version, ConversionResult? Rejected);

/// <summary>Makes a drop a version of its dataset: converts it, gives it its place beside or behind what is served, and publishes it.</summary>
internal sealed class VersionMaker(Storage storage, DatasetCatalog catalog, TimeProvider time)
{
    /// <summary>Makes and publishes the version. Running it again after it was cut off completes what is left.</summary>
    public async Task<MadeVersion> MakeAsync(Drop drop, DatasetId id, CancellationToken cancellation)
    {
        var entry = await catalog.FindAsync(id, cancellation);
        var current = await CurrentAsync(entry, cancellation);
        var appends = entry?.Metadata.Ingest?.UpdateMode == UpdateMode.Append;
        if (!appends || current is null) return await ReplaceAsync(drop, id, entry, current, cancellation);
        return await AppendAsync(drop, id, entry!, current, cancellation);
    }

    /// <summary>The drop is the whole dataset. Its version is named after the drop, behind what is served unless that was dropped later.</summary>
    private async Task<MadeVersion> ReplaceAsync(Drop drop, DatasetId id, DatasetEntry? entry, DatasetVersion? current, CancellationToken cancellation)
    {
        if (current is not null && IsIn(current, drop)) return new MadeVersion(current, null);

        var name = entry?.Current is { } served && served.DroppedAt <= drop.DroppedAt
            ? VersionName.Replacing(served.Version, drop.Path, drop.ETag.ToString("H"), drop.DroppedAt)
            : VersionName.Of(drop.Path, drop.ETag.ToString("H"), drop.DroppedAt);
        var version = await VersionStore.FindAsync(storage, id, name, cancellation);
        if (version is null)
        {
            var converted = await ConvertAsync(drop, id, name, entry, current, ConversionOptions.Default, cancellation);
            if (converted.Version is null) return converted;
            version = converted.Version with { Problems = [.. converted.Version.Problems, .. Changes(current, drop, converted.Version)] };
            version = await CreateAsync(version with { ProblemCount = version.ProblemCount + version.Problems.Count - converted.Version.Problems.Count }, id, cancellation);
        }

        await catalog.PublishAsync(version, cancellation: cancellation);
        return new MadeVersion(version, null);
    }

    /// <summary>
    /// The drop's rows follow those that are served. The version is based on exactly the one that is served, which its name says too:
    /// if another drop is published in between, the rows are put behind that one instead.
    /// </summary>
    private async Task<MadeVersion> AppendAsync(Drop drop, DatasetId id, DatasetEntry entry, DatasetVersion current, CancellationToken cancellation)
    {
        DatasetVersion? rows = null;
        while (true)
        {
            if (IsIn(current, drop)) return new MadeVersion(current, null);

            var name = VersionName.After(current.Version, drop.Path, drop.ETag.ToString("H"), drop.DroppedAt);
            var version = await VersionStore.FindAsync(storage, id, name, cancellation);
            if (version is null)
            {
                if (rows is null)
                {
                    var converted = await ConvertAsync(drop, id, name, entry, current, ConversionOptions.Default with { Appends = true }, cancellation);
                    if (converted.Version is null) return converted;
                    rows = converted.Version;
                }

                if (SchemaComparison.Disagreements(current.Fields, rows.Fields).ToList() is { Count: > 0 } differences) return new MadeVersion(null, Refused(rows, differences));
                version = await CreateAsync(Behind(current, rows, name), id, cancellation);
                rows = rows with { Parts = [.. version.Parts.Skip(current.Parts.Count)] }; // a faster attempt's, if there was one: ours are gone then
            }

            if (await catalog.PublishAsync(version, basedOn: current.Version, cancellation)) return new MadeVersion(version, null);
            current = (await CurrentAsync(await catalog.FindAsync(id, cancellation), cancellation))!;
        }
    }

    private async Task<MadeVersion> ConvertAsync(Drop drop, DatasetId id, string name, DatasetEntry? entry, DatasetVersion? current, ConversionOptions options, CancellationToken cancellation)
    {
        var folder = VersionName.Folder(id, name);
        var sink = new LakePartSink(storage.Lake, folder);
        var hashing = Task.Run(() => HashAsync(drop, cancellation), cancellation);
        var result = await Conversion.RunAsync(drop.Content, entry?.Metadata ?? new DatasetMetadata(), current?.Fields, sink, options, cancellation);
        var sha256 = await hashing;
        if (!result.Published)
        {
            await sink.DiscardAllAsync(cancellation);
            return new MadeVersion(null, result);
        }

        var original = $"{folder}source/{drop.FileName}";
        await BlobCopy.RunAsync(drop, storage.Lake.GetBlobClient(original), cancellation);
        return new MadeVersion(new DatasetVersion
        {
            DatasetId = id.ToString(),
            Version = name,
            ProcessedAt = time.GetUtcNow(),
            Source = new SourceFile(drop.Path, drop.ETag.ToString("H"), drop.DroppedAt, drop.Bytes, sha256, original, result.Format!, result.Encoding) { Rows = result.Rows },
            Fields = result.Fields,
            Parts = sink.Parts(result.PartRows),
            Rows = result.Rows,
            Problems = result.Problems,
            ProblemCount = result.ProblemCount,
            Profile = result.Profile,
        }, null);
    }

    /// <summary>Makes the version exist; if another attempt at it was faster, that one is the version, and our parts go.</summary>
    private async Task<DatasetVersion> CreateAsync(DatasetVersion version, DatasetId id, CancellationToken cancellation)
    {
        if (await VersionStore.TryCreateAsync(storage, version, cancellation)) return version;
        var faster = (await VersionStore.FindAsync(storage, id, version.Version, cancellation))!;
        foreach (var part in version.Parts.Except(faster.Parts)) await storage.Lake.DeleteBlobIfExistsAsync(part.Blob, cancellationToken: cancellation);
        return faster;
    }

    private async Task<DatasetVersion?> CurrentAsync(DatasetEntry? entry, CancellationToken cancellation) =>
        entry?.Current is { } pointer ? await VersionStore.FindAsync(storage, entry.Id, pointer.Version, cancellation) : null;

    // A drop that arrives late is compared with nothing: what is served is no version before it.
    private static IEnumerable<Problem> Changes(DatasetVersion? current, Drop drop, DatasetVersion made) =>
        current is null || current.Source.DroppedAt > drop.DroppedAt ? [] : SchemaComparison.Changes(current.Fields, made.Fields);

    private static DatasetVersion Behind(DatasetVersion current, DatasetVersion rows, string name) => rows with
    {
        Version = name,
        EarlierSources = [.. Sources(current)],
        Fields = [.. current.Fields.Where(field => field.Type != FieldType.GeoPoint || rows.Fields.Contains(field))],
        Parts = [.. current.Parts, .. rows.Parts],
        Rows = current.Rows + rows.Rows,
    };

    private static bool IsIn(DatasetVersion version, Drop drop) =>
        Sources(version).Any(source => source.Path == drop.Path && source.ETag == drop.ETag.ToString("H"));

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

    private static async Task<string> HashAsync(Drop drop, CancellationToken cancellation)
    {
        await using var bytes = drop.Content.Open();
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, cancellation));
    }
}

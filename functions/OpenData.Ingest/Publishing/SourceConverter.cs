using System.Security.Cryptography;
using OpenData.Catalog;
using OpenData.Disclosure;
using OpenData.Ingest.Checking;
using OpenData.Ingest.Typing;
using OpenData.Lake;

namespace OpenData.Ingest.Publishing;

/// <summary>What a file was made into: rows in the lake, or the reasons why not.</summary>
/// <param name="Version">A version of these rows alone, which does not exist yet; null if the file was rejected.</param>
/// <param name="Rejected">What was found in a file that was rejected; otherwise null.</param>
internal sealed record ConvertedSource(DatasetVersion? Version, ConversionResult? Rejected)
{
    /// <summary>Personal data in the rows.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}

/// <summary>Converts a file and puts its parts and its original into the lake; no version names them yet.</summary>
internal sealed class SourceConverter(Storage storage, TimeProvider time)
{
    /// <summary>Converts a file for the version of a name.</summary>
    public async Task<ConvertedSource> ConvertAsync(
        VersionSource source,
        DatasetId id,
        string name,
        DatasetMetadata metadata,
        IReadOnlyList<Field>? previous,
        ConversionOptions options,
        CancellationToken cancellation)
    {
        var folder = VersionName.Folder(id, name);
        var sink = new LakePartSink(storage.Lake, folder);
        var hashing = Task.Run(() => HashAsync(source, cancellation), cancellation);
        var result = await Conversion.RunAsync(source.Content, metadata, previous, sink, options, cancellation);
        var sha256 = await hashing;
        if (!result.Published)
        {
            await sink.DiscardAllAsync(cancellation);
            return new ConvertedSource(null, result);
        }

        var original = source.Original ?? $"{folder}source/{source.FileName}";
        // What was read from the lake before, without protection, and is protected now moves to where nobody is served from.
        var withheld = result.IsProtected || source.IsWithheld || !await WholeFileScan.IsCleanAsync(source.Content, result.Format!,
            cancellation);
        if (source.Original is null || (withheld && !source.IsWithheld))
        {
            var container = withheld ? storage.Withheld : storage.Lake;
            await BlobCopy.RunAsync(source.Blob, source.Pin, container.GetBlobClient(original), cancellation);
        }

        return new ConvertedSource(new DatasetVersion
        {
            DatasetId = id.ToString(),
            Version = name,
            ProcessedAt = time.GetUtcNow(),
            Source = new SourceFile(
                source.Path,
                source.ETag,
                source.DroppedAt,
                source.Bytes,
                sha256,
                original,
                result.Format!,
                result.Encoding)
            { Rows = result.Rows },
            Declaration = Declarations.Of(metadata),
            Reader = Conversion.ReaderVersion,
            IsOriginalWithheld = withheld,
            Fields = result.Fields,
            Parts = sink.Parts(result.PartRows),
            Rows = result.Rows,
            Problems = result.Problems,
            ProblemCount = result.ProblemCount,
            Profile = result.Profile,
        }, null)
        { Findings = result.Findings };
    }

    /// <summary>
    /// The fields of a version that was read by an earlier reader, under the labels that its own file has for today's: a new file then
    /// keeps their names. The fields as they are, if today's reader finds another number of columns.
    /// </summary>
    public async Task<IReadOnlyList<Field>> RelabelAsync(
        DatasetVersion version, DatasetMetadata metadata, ConversionOptions options, CancellationToken cancellation)
    {
        var blob = (version.IsOriginalWithheld ? storage.Withheld : storage.Lake).GetBlobClient(version.Source.Original);
        var kept = (await blob.GetPropertiesAsync(cancellationToken: cancellation)).Value;
        var source = new VersionSource(
            version.Source.Path, version.Source.ETag, version.Source.DroppedAt, blob, kept.ETag, kept.ContentLength);
        using var parts = new TemporaryParts();
        var read = await Conversion.RunAsync(source.Content, metadata, null, parts, options, cancellation);
        List<Field> before = [.. version.Fields.Where(field => field.Type != FieldType.GeoPoint)];
        List<Field> now = [.. read.Fields.Where(field => field.Type != FieldType.GeoPoint)];
        return before.Count == now.Count ? [.. before.Zip(now, (field, reread) => field with { Label = reread.Label })] : version.Fields;
    }

    /// <summary>The SHA-256 of a file's bytes, lower-case hexadecimal.</summary>
    public static async Task<string> HashAsync(VersionSource source, CancellationToken cancellation)
    {
        await using var bytes = source.Content.Open();
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, cancellation));
    }
}

using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using OpenData.Catalog;
using OpenData.Ingest.Metadata;
using OpenData.Lake;

namespace OpenData.Ingest.Publishing;

/// <summary>One drop: a blob in the incoming container, pinned to the bytes it had when ingest began.</summary>
internal sealed record Drop
{
    private Drop(BlobClient blob, string path, ETag etag, DateTimeOffset droppedAt, long bytes)
    {
        Blob = blob;
        Path = path;
        ETag = etag;
        DroppedAt = droppedAt;
        Bytes = bytes;

        var folders = path.Split('/');
        FileName = folders[^1];
        Agency = folders.Length > 1 && DatasetId.TryName(folders[0], out var agency) ? agency : Upload.NoAgency;
        Dataset = folders.Length == 3 && DropName.IsFileName(FileName) && DatasetId.TryCreate(folders[0], folders[1], out var id)
            ? id
            : null;
        UploadId = UploadLog.IdOf(path, etag.ToString("H"), droppedAt);
    }

    public BlobClient Blob { get; }

    public string Path { get; }

    public ETag ETag { get; }

    public DateTimeOffset DroppedAt { get; }

    public long Bytes { get; }

    public string UploadId { get; }

    public string FileName { get; }

    /// <summary>The agency's folder, or <see cref="Upload.NoAgency"/>.</summary>
    public string Agency { get; }

    /// <summary>The dataset, or null if the drop lies anywhere but in <c>{agency}/{dataset}/</c> under valid names.</summary>
    public DatasetId? Dataset { get; }

    /// <summary>Whether it is metadata of a dataset and not its data.</summary>
    public bool IsMetadata => FileName.Equals(MetadataFile.FileName, StringComparison.OrdinalIgnoreCase);

    /// <summary>The bytes as they were; reading them fails with status 412 once the blob has been replaced.</summary>
    public BlobContent Content => Source.Content;

    /// <summary>The file that a version can be made of.</summary>
    public VersionSource Source => new(Path, ETag.ToString("H"), DroppedAt, Blob, ETag, Bytes);

    /// <summary>Whether storage clients can read the blob: a name such as <c>..</c> is shortened on the way to the server.</summary>
    public bool IsAddressable => DropName.IsAddressable(Blob, Path);

    /// <summary>A blob as a listing of the incoming container describes it.</summary>
    public static Drop Of(Storage storage, BlobItem blob) => new(
        storage.Incoming.GetBlobClient(blob.Name),
        blob.Name,
        blob.Properties.ETag!.Value,
        blob.Properties.LastModified!.Value,
        blob.Properties.ContentLength ?? 0);

    /// <summary>Looks at a blob in the incoming container; null if there is none.</summary>
    public static async Task<Drop?> FindAsync(Storage storage, string blobName, CancellationToken cancellation)
    {
        var blob = storage.Incoming.GetBlobClient(blobName);
        if (!DropName.IsAddressable(blob, blobName)) return await FindListedAsync(storage, blobName, cancellation);
        try
        {
            var properties = (await blob.GetPropertiesAsync(cancellationToken: cancellation)).Value;
            return new Drop(blob, blobName, properties.ETag, properties.LastModified, properties.ContentLength);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    // A blob that cannot be asked for can still be listed.
    private static async Task<Drop?> FindListedAsync(Storage storage, string blobName, CancellationToken cancellation)
    {
        await foreach (var item in storage.Incoming.GetBlobsAsync(BlobTraits.None, BlobStates.None, blobName, cancellation))
        {
            if (item.Name == blobName) return Of(storage, item);
        }

        return null;
    }

    /// <summary>Its upload record in a state.</summary>
    public Upload Record(UploadState state) => new()
    {
        UploadId = UploadId,
        Agency = Agency,
        Dataset = Dataset?.Dataset,
        Path = Path,
        ETag = ETag.ToString("H"),
        Bytes = Bytes,
        DroppedAt = DroppedAt,
        State = state,
    };
}

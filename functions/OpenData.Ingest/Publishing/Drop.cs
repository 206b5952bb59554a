using Azure;
using Azure.Storage.Blobs;
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
        Agency = folders.Length > 1 && DatasetId.IsName(folders[0]) ? folders[0] : Upload.NoAgency;
        Dataset = folders.Length == 3 && FileName.Length is > 0 and <= MaxFileName && DatasetId.TryCreate(folders[0], folders[1], out var id) ? id : null;
        UploadId = UploadLog.IdOf(path, etag.ToString("H"), droppedAt);
    }

    private const int MaxFileName = 255;

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

    /// <summary>Whether it speaks of a dataset instead of being its data.</summary>
    public bool IsMetadata => FileName.Equals(MetadataFile.FileName, StringComparison.OrdinalIgnoreCase);

    /// <summary>The bytes as they were; reading them fails with status 412 once the blob has been replaced.</summary>
    public BlobContent Content => new(Blob, ETag, Bytes, FileName);

    /// <summary>Looks at a blob in the incoming container; null if there is none.</summary>
    public static async Task<Drop?> FindAsync(Storage storage, string blobName, CancellationToken cancellation)
    {
        var blob = storage.Incoming.GetBlobClient(blobName);
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

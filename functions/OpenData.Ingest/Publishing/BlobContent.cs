using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Publishing;

/// <summary>A blob's bytes, pinned by its ETag: once the blob is replaced, reading fails instead of mixing two files.</summary>
internal sealed class BlobContent(BlobClient blob, ETag etag, long length, string name) : SourceContent
{
    // Large enough that a request's round trip does not show, small enough to be no part of the memory that matters.
    private const int RequestBytes = 4 << 20;

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override long? Length => length;

    /// <inheritdoc/>
    public override Stream Open() => blob.OpenRead(new BlobOpenReadOptions(allowModifications: false)
    {
        BufferSize = RequestBytes,
        Conditions = new BlobRequestConditions { IfMatch = etag },
    });
}

using Azure;
using Azure.Storage.Blobs;

namespace OpenData.Ingest.Publishing;

/// <summary>The file that a version is made of, and where its bytes are.</summary>
/// <param name="Path">Its blob name in the incoming container when it was dropped.</param>
/// <param name="ETag">The ETag it had there.</param>
/// <param name="DroppedAt">When it was dropped.</param>
/// <param name="Blob">Where its bytes are now: in the incoming container, or as the original of a version in the lake.</param>
/// <param name="Pin">The ETag of those bytes.</param>
/// <param name="Bytes">How many there are.</param>
internal sealed record VersionSource(string Path, string ETag, DateTimeOffset DroppedAt, BlobClient Blob, ETag Pin, long Bytes)
{
    /// <summary>The file's name.</summary>
    public string FileName => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The bytes as they were; reading them fails with status 412 once the blob has been replaced.</summary>
    public BlobContent Content => new(Blob, Pin, Bytes, FileName);

    /// <summary>Whether the bytes are in the container <c>withheld</c> already.</summary>
    public bool IsWithheld { get; init; }

    /// <summary>The name of the original in the lake, if the bytes are there already.</summary>
    public string? Original { get; init; }
}

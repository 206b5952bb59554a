using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Models;
using OpenData.Lake;

namespace OpenData.Catalog;

/// <summary>
/// The catalogue's index up to a place in the feed of changes, as one Parquet file: what an instance begins with. A file never changes once
/// it is written; which one is the current one is said by a blob beside it, which is exchanged under its ETag.
/// </summary>
/// <param name="Position">The number of the last change that it has.</param>
/// <param name="Form">The name of the form of its columns; a base of another form is not read.</param>
/// <param name="Blob">The file's name in the catalogue's container.</param>
/// <param name="Rows">How many datasets it has.</param>
public sealed record CatalogBase(long Position, string Form, string Blob, long Rows)
{
    private const string Pointer = "base.json";

    /// <summary>Reads which base is the current one, and its ETag; null if there is none or it cannot be read.</summary>
    public static async Task<(CatalogBase Base, ETag ETag)?> FindAsync(Storage storage, CancellationToken cancellation = default)
    {
        try
        {
            var found = (await storage.Catalog.GetBlobClient(Pointer).DownloadContentAsync(cancellation)).Value;
            var known = StoredData.Read(
                "catalog-base", Pointer, () => found.Content.ToObjectFromJson<CatalogBase>(OpenDataJson.Stored), logger: null);
            return known is null ? null : (known, found.Details.ETag);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Downloads the file.</summary>
    /// <exception cref="RequestFailedException">404: it is gone, for another one has taken its place.</exception>
    public Task DownloadAsync(Storage storage, string file, CancellationToken cancellation = default) =>
        storage.Catalog.GetBlobClient(Blob).DownloadToAsync(file, cancellation);

    /// <summary>Makes this base the current one in place of another.</summary>
    /// <param name="storage">Where it is.</param>
    /// <param name="instead">The ETag under which the other was found; null to take the place of none, or of a damaged one.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>False if there is another one by now; nothing is changed then.</returns>
    public async Task<bool> TryServeAsync(Storage storage, ETag? instead, CancellationToken cancellation = default)
    {
        var blob = storage.Catalog.GetBlobClient(Pointer);
        // Of one that is there and cannot be read nobody has found the ETag: it is replaced.
        var isDamaged = instead is null && await blob.ExistsAsync(cancellation) && await FindAsync(storage, cancellation) is null;
        var conditions = isDamaged
            ? null
            : new BlobRequestConditions { IfMatch = instead, IfNoneMatch = instead is null ? ETag.All : null };
        try
        {
            var json = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(this, OpenDataJson.Readable));
            await blob.UploadAsync(json, new BlobUploadOptions { Conditions = conditions }, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return false;
        }
    }
}

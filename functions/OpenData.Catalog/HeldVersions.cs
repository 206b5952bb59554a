using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Models;
using OpenData.Lake;

namespace OpenData.Catalog;

/// <summary>
/// Keeps the versions that are built and not served. Which of them a dataset waits for is <see cref="DatasetEntry.Waiting"/>.
/// </summary>
public static class HeldVersions
{
    /// <summary>The file's name in the version's folder.</summary>
    public const string FileName = "held.json";

    /// <summary>Keeps a version. Of several attempts at one version exactly one is kept.</summary>
    /// <returns>The one that is kept.</returns>
    public static async Task<HeldVersion> KeepAsync(Storage storage, HeldVersion held, CancellationToken cancellation = default)
    {
        var id = DatasetId.Parse(held.Version.DatasetId);
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
        };
        try
        {
            var json = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(held, OpenDataJson.Readable));
            await storage.Lake.GetBlobClient(NameOf(id, held.Version.Version)).UploadAsync(json, options, cancellation);
            return held;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            if (await FindAsync(storage, id, held.Version.Version, cancellation) is { } faster) return faster;
            throw;
        }
    }

    /// <summary>Reads a version that is not served, or null if there is none of that name.</summary>
    /// <exception cref="DamagedDataException">There is one, and it cannot be read.</exception>
    public static async Task<HeldVersion?> FindAsync(
        Storage storage, DatasetId id, string version, CancellationToken cancellation = default)
    {
        var name = NameOf(id, version);
        try
        {
            var found = await storage.Lake.GetBlobClient(name).DownloadContentAsync(cancellation);
            return found.Value.Content.ToObjectFromJson<HeldVersion>(OpenDataJson.Stored) ?? throw new JsonException("It is null.");
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new DamagedDataException("held version", name, e.Message, e);
        }
    }

    /// <summary>Forgets a version that was served or replaced; what only it named is swept later.</summary>
    public static Task RemoveAsync(Storage storage, DatasetId id, string version, CancellationToken cancellation = default) =>
        storage.Lake.DeleteBlobIfExistsAsync(NameOf(id, version), cancellationToken: cancellation);

    private static string NameOf(DatasetId id, string version) => VersionName.Folder(id, version) + FileName;
}

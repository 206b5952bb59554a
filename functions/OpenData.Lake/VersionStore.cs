using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Models;

namespace OpenData.Lake;

/// <summary>Reads and creates the manifests that make versions exist.</summary>
public static class VersionStore
{
    /// <summary>Reads a version's manifest, or null if there is no such version.</summary>
    public static async Task<DatasetVersion?> FindAsync(
        Storage storage, DatasetId id, string version, CancellationToken cancellation = default)
    {
        try
        {
            var found = await storage.Lake.GetBlobClient(VersionName.Manifest(id, version)).DownloadContentAsync(cancellation);
            return found.Value.Content.ToObjectFromJson<DatasetVersion>(OpenDataJson.Options);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Makes a version exist. Of several attempts at one version exactly one does.</summary>
    /// <returns>False if the version exists already; nothing is changed then.</returns>
    public static async Task<bool> TryCreateAsync(Storage storage, DatasetVersion version, CancellationToken cancellation = default)
    {
        var name = VersionName.Manifest(DatasetId.Parse(version.DatasetId), version.Version);
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
        };
        try
        {
            await storage.Lake.GetBlobClient(name).UploadAsync(
                BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(version, OpenDataJson.Readable)), options, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return false;
        }
    }
}

using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Models;

namespace OpenData.Lake;

/// <summary>Reads and creates the manifests that make versions exist.</summary>
public static class VersionStore
{
    /// <summary>
    /// How many earlier sources a manifest lists itself. With more, it begins with a list that the versions after it share: 400 drops that
    /// add to a
    /// dataset so take some 5 MB of manifests, not 50.
    /// </summary>
    internal const int MostListed = 32;

    /// <summary>Reads a version's manifest, or null if there is no such version.</summary>
    /// <exception cref="DamagedDataException">There is one, and it cannot be read.</exception>
    public static async Task<DatasetVersion?> FindAsync(
        Storage storage, DatasetId id, string version, CancellationToken cancellation = default)
    {
        foreach (var folder in VersionName.Folders(id, version))
        {
            try
            {
                var found = await storage.Lake.GetBlobClient(folder + VersionName.ManifestFile).DownloadContentAsync(cancellation);
                return await ReadAsync(storage, found.Value.Content, id, version, cancellation);
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                // Not here.
            }
        }

        return null;
    }

    /// <summary>Makes a version exist. Of several attempts at one version exactly one does.</summary>
    /// <returns>False if the version exists already; nothing is changed then.</returns>
    public static async Task<bool> TryCreateAsync(Storage storage, DatasetVersion version, CancellationToken cancellation = default)
    {
        var id = DatasetId.Parse(version.DatasetId);
        if (version.EarlierSources.Count - (version.Earlier?.Sources ?? 0) > MostListed)
        {
            // The name is the version's, and what it lists follows from it: a faster attempt at the version wrote the same, but for the
            // names of its own parts.
            var parts = version.Parts.Take(version.Parts.Count - OwnParts(version)).ToList();
            var listed = new EarlierRows(
                VersionName.Folder(id, version.Version) + "earlier.json", version.EarlierSources.Count, parts.Count);
            await TryUploadAsync(storage, listed.Blob, new ListedRows(version.EarlierSources, parts), cancellation);
            version = version with { Earlier = listed };
        }

        var inline = version.Earlier is not { } earlier ? version : version with
        {
            EarlierSources = [.. version.EarlierSources.Skip(earlier.Sources)],
            Parts = [.. version.Parts.Skip(earlier.Parts)],
        };
        return await TryUploadAsync(storage, VersionName.Manifest(id, version.Version), inline, cancellation);
    }

    // The parts of the source's own rows are the last ones.
    private static int OwnParts(DatasetVersion version)
    {
        var (rows, count) = (0L, 0);
        while (rows < version.Source.Rows) rows += version.Parts[^++count].Rows;
        return count;
    }

    private static async Task<bool> TryUploadAsync<T>(Storage storage, string name, T content, CancellationToken cancellation)
    {
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
        };
        try
        {
            var json = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(content, OpenDataJson.Readable));
            await storage.Lake.GetBlobClient(name).UploadAsync(json, options, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return false;
        }
    }

    private static async Task<DatasetVersion> ReadAsync(
        Storage storage, BinaryData content, DatasetId id, string version, CancellationToken cancellation)
    {
        try
        {
            var manifest = content.ToObjectFromJson<DatasetVersion>(OpenDataJson.Stored) ?? throw new JsonException("It is null.");
            if (manifest.Earlier is { } earlier)
            {
                var listed = (await storage.Lake.GetBlobClient(earlier.Blob).DownloadContentAsync(cancellation)).Value.Content
                    .ToObjectFromJson<ListedRows>(OpenDataJson.Stored) ?? throw new JsonException($"{earlier.Blob} is null.");
                if (listed.Sources.Count != earlier.Sources || listed.Parts.Count != earlier.Parts)
                {
                    throw new JsonException($"{earlier.Blob} lists something else.");
                }

                manifest = manifest with
                {
                    EarlierSources = [.. listed.Sources, .. manifest.EarlierSources],
                    Parts = [.. listed.Parts, .. manifest.Parts],
                };
            }

            if (manifest.Version != version || !DatasetId.TryParse(manifest.DatasetId, out var of) || of != id)
            {
                throw new JsonException("It is another version's.");
            }

            if (manifest.Fields.Any(field => field is null)
                || manifest.Parts.Any(part => part is null) || manifest.Problems.Any(problem => problem is null))
            {
                throw new JsonException("A field, a part or a problem is null.");
            }

            if (manifest.Parts.Any(part => part.Rows < 0 || part.Bytes < 0) || manifest.Parts.Sum(part => part.Rows) != manifest.Rows)
            {
                throw new JsonException("Its rows are not the sum of its parts' rows.");
            }

            return manifest;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            throw new DamagedDataException("manifest", VersionName.Manifest(id, version), "The list of its earlier rows is gone.", e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new DamagedDataException("manifest", VersionName.Manifest(id, version), e.Message, e);
        }
    }

    /// <summary>The content of a list of earlier rows.</summary>
    private sealed record ListedRows(IReadOnlyList<SourceFile> Sources, IReadOnlyList<Part> Parts);
}

using Azure;
using Azure.Storage.Blobs.Models;
using OpenData.Lake;

namespace OpenData.Demand.Drops;

/// <summary>
/// The last good version of each planners' file, <c>accepted/{path}</c> in the planning container, which the system keeps.
/// </summary>
/// <param name="storage">Where the container is.</param>
internal sealed class AcceptedFiles(Storage storage)
{
    private const string Folder = "accepted/";

    /// <summary>Whether a path is one of these copies.</summary>
    public static bool IsOne(string path) => path.StartsWith(Folder, StringComparison.Ordinal);

    /// <summary>The last good version of a file; null if there never was one.</summary>
    public async Task<AcceptedFile?> FindAsync(string path, CancellationToken cancellation)
    {
        try
        {
            var found = (await storage.Planning.GetBlobClient(Folder + path).DownloadContentAsync(cancellation)).Value;
            return new AcceptedFile(found.Content, found.Details.LastModified);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>
    /// Keeps the good ones of some files, and deletes the copies of files that are not among them: their planners deleted them.
    /// </summary>
    public async Task StoreAsync(IReadOnlyList<PlanningFile> files, CancellationToken cancellation)
    {
        foreach (var file in files)
        {
            if (file.Good is not { } good
                || await FindAsync(file.Path, cancellation) is { } kept && kept.Content.ToMemory().Span.SequenceEqual(good))
            {
                continue;
            }
            await storage.Planning.GetBlobClient(Folder + file.Path).UploadAsync(good, overwrite: true, cancellation);
        }

        var known = files.Select(file => Folder + file.Path).ToHashSet(StringComparer.Ordinal);
        await foreach (var blob in storage.Planning.GetBlobsAsync(new GetBlobsOptions { Prefix = Folder }, cancellation))
        {
            if (!known.Contains(blob.Name)) await storage.Planning.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
        }
    }
}

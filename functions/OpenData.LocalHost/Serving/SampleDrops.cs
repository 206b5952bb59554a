using Azure.Storage.Blobs;
using OpenData.Lake;

namespace OpenData.LocalHost.Serving;

/// <summary>Plays the agencies and the planners of <c>samples/</c>.</summary>
internal static class SampleDrops
{
    /// <summary>Drops every sample file, if no file has ever been dropped.</summary>
    /// <returns>How many files of agencies were dropped.</returns>
    public static async Task<int> DropAsync(Storage storage, CancellationToken cancellation)
    {
        await foreach (var _ in storage.Incoming.GetBlobsAsync(cancellationToken: cancellation)) return 0;
        await DropFolderAsync(storage.Planning, "planning", cancellation);
        return await DropFolderAsync(storage.Incoming, "incoming", cancellation);
    }

    private static async Task<int> DropFolderAsync(BlobContainerClient container, string folder, CancellationToken cancellation)
    {
        var root = Path.Combine(Repository.Root, "samples", folder);
        if (!Directory.Exists(root)) return 0; // a program that was copied away from the source tree has no samples
        var files = Directory.GetFiles(root, "*", SearchOption.AllDirectories);
        Array.Sort(files, StringComparer.Ordinal);
        foreach (var file in files)
        {
            var name = Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/');
            await container.GetBlobClient(name).UploadAsync(file, overwrite: true, cancellation);
        }

        return files.Length;
    }
}

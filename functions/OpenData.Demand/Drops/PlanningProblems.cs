using Azure;
using Azure.Storage.Blobs.Models;
using OpenData.Lake;

namespace OpenData.Demand.Drops;

/// <summary>
/// The problem reports of planners' files, <c>problems/{path}.json</c> in the planning container itself: they quote cells of surveys,
/// so only who may drop files there may read them.
/// </summary>
public static class PlanningProblems
{
    /// <summary>The prefix, in the container <c>planning</c>, of the problem reports that the system writes.</summary>
    public const string Folder = "problems/";

    /// <summary>Writes a report for each file that has problems, and removes those of files that have none any more.</summary>
    public static async Task WriteAsync(Storage storage, IReadOnlyList<PlanningFile> files, CancellationToken cancellation = default)
    {
        var wanted = files.Where(file => file.Problems.Count > 0).ToDictionary(file => $"{Folder}{file.Path}.json", StringComparer.Ordinal);
        foreach (var (blob, file) in wanted)
        {
            await storage.Planning.GetBlobClient(blob).UploadAsync(
                BinaryData.FromObjectAsJson(
                    new { file.Path, rows_used = file.Rows, problem_count = file.Problems.Count, file.Problems }, OpenDataJson.Readable),
                new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } }, cancellation);
        }

        await foreach (var blob in storage.Planning.GetBlobsAsync(new GetBlobsOptions { Prefix = Folder }, cancellation))
        {
            if (!wanted.ContainsKey(blob.Name))
            {
                await storage.Planning.DeleteBlobIfExistsAsync(
                    blob.Name,
                    conditions: new BlobRequestConditions { IfMatch = blob.Properties.ETag ?? ETag.All },
                    cancellationToken: cancellation);
            }
        }
    }
}

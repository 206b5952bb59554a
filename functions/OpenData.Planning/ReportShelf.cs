using Azure.Storage.Blobs.Models;
using OpenData.Lake;

namespace OpenData.Planning;

/// <summary>The reports that have been written.</summary>
public static class ReportShelf
{
    /// <summary>The editions' names: daily editions first, the latest first.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync(Storage storage, CancellationToken cancellation = default)
    {
        var editions = new List<string>();
        await foreach (var item in storage.Reports.GetBlobsByHierarchyAsync(
            new GetBlobsByHierarchyOptions { Delimiter = "/" }, cancellation))
        {
            if (item.IsPrefix && item.Prefix != ReportRun.Latest + "/") editions.Add(item.Prefix[..^1]);
        }

        return [.. editions
            .OrderByDescending(name => DateOnly.TryParseExact(name, "yyyy-MM-dd", out _))
            .ThenByDescending(name => name, StringComparer.Ordinal)];
    }
}

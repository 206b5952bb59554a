using System.Text.Json;
using Azure.Storage.Blobs.Models;
using OpenData.Lake;

namespace OpenData.Planning;

/// <summary>How the last run ended, as <c>latest/run.json</c> says it beside the report.</summary>
/// <param name="At">When it began.</param>
/// <param name="Edition">The edition it wrote, or null if it failed.</param>
/// <param name="Error">What went wrong, or null.</param>
public sealed record ReportState(DateTimeOffset At, string? Edition, string? Error)
{
    private const string Blob = ReportRun.Latest + "/run.json";

    /// <summary>Reads it; null before the first run.</summary>
    public static async Task<ReportState?> ReadAsync(Storage storage, CancellationToken cancellation = default)
    {
        var blob = storage.Reports.GetBlobClient(Blob);
        if (!await blob.ExistsAsync(cancellation)) return null;
        var content = await blob.DownloadContentAsync(cancellation);
        return StoredData.Read(
            "report-state",
            Blob,
            () => JsonSerializer.Deserialize<ReportState>(content.Value.Content.ToMemory().Span, OpenDataJson.Stored),
            logger: null);
    }

    internal static Task WriteAsync(Storage storage, ReportState state, CancellationToken cancellation) =>
        storage.Reports.GetBlobClient(Blob).UploadAsync(
            BinaryData.FromObjectAsJson(state, OpenDataJson.Readable),
            new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } }, cancellation);
}

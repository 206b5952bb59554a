using System.Text.Json;
using Azure.Storage.Blobs.Models;
using OpenData.Catalog;
using OpenData.Ingest.Report;
using OpenData.Lake;

namespace OpenData.Ingest.Publishing;

/// <summary>Keeps the bytes of a drop that could not be published, beside the report that says why.</summary>
internal sealed class QuarantineStore(Storage storage)
{
    /// <summary>Copies the drop and writes its report; safe to repeat.</summary>
    /// <param name="drop">The drop.</param>
    /// <param name="upload">Its record, with every problem.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The record, with the folder in quarantine.</returns>
    public async Task<Upload> KeepAsync(Drop drop, Upload upload, CancellationToken cancellation)
    {
        var folder = Folder(drop);
        var kept = upload with { Quarantine = folder };
        // A name that is a report's own, or too long for a blob below this folder, must not cost us the bytes.
        var name = DropName.IsFileName(drop.FileName) && !drop.FileName.StartsWith("report.", StringComparison.OrdinalIgnoreCase)
            ? drop.FileName
            : "file";
        if (drop.IsAddressable)
        {
            await BlobCopy.RunAsync(drop.Blob, drop.ETag, storage.Quarantine.GetBlobClient(folder + name), cancellation);
        }

        await WriteAsync(
            folder + "report.json",
            "application/json",
            BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(kept, OpenDataJson.Readable)),
            cancellation);
        await WriteAsync(folder + "report.html", "text/html; charset=utf-8", BinaryData.FromString(ProblemPage.Of(kept)), cancellation);
        return kept;
    }

    private static string Folder(Drop drop) =>
        drop.Dataset is { } id ? $"{id.Agency}/{id.Dataset}/{drop.UploadId}/" : $"{drop.Agency}/{drop.UploadId}/";

    private async Task WriteAsync(string name, string contentType, BinaryData content, CancellationToken cancellation) =>
        await storage.Quarantine.GetBlobClient(name).UploadAsync(
            content, new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = contentType } }, cancellation);
}

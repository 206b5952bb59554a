using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;
using OpenData.Api.Pipeline;
using OpenData.Query.Exports;

namespace OpenData.Api.Explore;

/// <summary>The file that an export is saved as.</summary>
/// <param name="Name">Its name without the ending.</param>
/// <param name="Format">Its format.</param>
internal sealed record ExportFile(string Name, ExportFormat Format);

/// <summary>
/// An export as a file to save. A reader that takes it too slowly is cut off, because an export holds its place and its files.
/// </summary>
internal sealed class ExportResult(Export export, IDisposable place, ExportFile file, bool compressed, UsageDetails details) : IResult
{
    /// <summary>The slowest that a reader may be, on average: 10 KiB a second; 30 s may pass before it counts.</summary>
    internal static readonly MinDataRate SlowestReader = new(bytesPerSecond: 10 * 1024, gracePeriod: TimeSpan.FromSeconds(30));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var occupied = place;
        using var running = export;
        if (httpContext.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate) rate.MinDataRate = SlowestReader;
        var (response, cancellation) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = compressed ? "application/gzip" : file.Format.MediaType;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"{file.Name}.{file.Format.Name}{(compressed ? ".gz" : "")}");
        response.Headers.ContentDisposition = disposition.ToString();
        if (HttpMethods.IsHead(httpContext.Request.Method)) return;
        try
        {
            if (!compressed)
            {
                await export.WriteAsync(response.Body, cancellation);
                return;
            }

            await using var gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
            await export.WriteAsync(gzip, cancellation);
        }
        finally
        {
            details.Rows = export.Rows;
        }
    }
}

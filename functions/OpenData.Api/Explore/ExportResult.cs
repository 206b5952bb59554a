using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using OpenData.Api.Pipeline;
using OpenData.Query.Exports;

namespace OpenData.Api.Explore;

/// <summary>The file that an export is saved as.</summary>
/// <param name="Name">Its name without the ending.</param>
/// <param name="Format">Its format.</param>
internal sealed record ExportFile(string Name, ExportFormat Format);

/// <summary>An export as a file to save.</summary>
internal sealed class ExportResult(Export export, ExportFile file, bool compressed, UsageDetails details) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var _ = export;
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

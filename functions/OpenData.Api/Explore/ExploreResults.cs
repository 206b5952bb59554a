using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using OpenData.Query;
using OpenData.Query.Subjects;

namespace OpenData.Api.Explore;

/// <summary><c>{total_count, results}</c>, its records as they were written.</summary>
internal sealed class RecordsResult(RecordPage page, IReadOnlyList<Link>? links) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var head = new StringBuilder("{");
        if (page.TotalCount is { } total) head.Append(CultureInfo.InvariantCulture, $"\"total_count\":{total},");
        if (links is not null) head.Append(CultureInfo.InvariantCulture, $"\"_links\":{JsonSerializer.Serialize(links, CatalogSnapshot.Json)},");
        head.Append("\"results\":");
        var response = httpContext.Response;
        response.ContentType = "application/json; charset=utf-8";
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(head.ToString()), httpContext.RequestAborted);
        await response.Body.WriteAsync(page.Content, httpContext.RequestAborted);
        await response.Body.WriteAsync("}"u8.ToArray(), httpContext.RequestAborted);
    }
}

/// <summary>An answer that is made already.</summary>
internal sealed class BytesResult(ReadOnlyMemory<byte> content, string contentType) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = contentType;
        await httpContext.Response.Body.WriteAsync(content, httpContext.RequestAborted);
    }
}

/// <summary>An export as a file to save.</summary>
internal sealed class ExportResult(Export export, ExportFormat format, string name, bool compressed, Used used) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var _ = export;
        var (response, cancellation) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = compressed ? "application/gzip" : format.MediaType;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"{name}.{format.Name}{(compressed ? ".gz" : "")}");
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
            used.Rows = export.Rows;
        }
    }
}

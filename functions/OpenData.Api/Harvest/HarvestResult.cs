using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using OpenData.Query.Subjects;

namespace OpenData.Api.Harvest;

/// <summary>The catalogue in a harvester's format, sent as it is written: what is held of it is one buffer.</summary>
internal sealed class HarvestResult(
    HarvestFormat format, HarvestedCatalog catalog, IReadOnlyList<ServedDataset> datasets, DateTimeOffset now, bool compressed) : IResult
{
    private const int FlushBytes = 64 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = compressed ? "application/gzip" : format.MediaType;
        if (compressed) response.Headers.ContentDisposition = $"attachment; filename=catalog.{format.Name}.gz";
        if (HttpMethods.IsHead(httpContext.Request.Method)) return;
        await using var gzip = compressed ? new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true) : null;
        var output = gzip ?? response.Body;
        using var buffer = new MemoryStream();
        using var writer = format.Open(buffer);
        writer.Begin(catalog);
        foreach (var dataset in datasets)
        {
            writer.Write(new HarvestedDataset(dataset, catalog.Iri, now));
            if (buffer.Length >= FlushBytes) await SendAsync();
        }

        writer.End();
        await SendAsync();

        async Task SendAsync()
        {
            await output.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), httpContext.RequestAborted);
            buffer.SetLength(0);
        }
    }
}

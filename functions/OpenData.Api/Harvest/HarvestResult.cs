using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using OpenData.Api.Explore;
using OpenData.Api.Pipeline;
using OpenData.Query.Exports;

namespace OpenData.Api.Harvest;

/// <summary>The catalogue in a harvester's format, sent as it is written: what is held of it is one buffer.</summary>
internal sealed class HarvestResult(
    HarvestFormat format, HarvestedCatalog catalog, DatasetExport datasets, DateTimeOffset now, bool compressed, UsageDetails details)
    : IResult
{
    private const int FlushBytes = 64 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var reading = datasets;
        if (httpContext.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate) rate.MinDataRate = ExportResult.SlowestReader;
        var (response, cancellation) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = compressed ? "application/gzip" : format.MediaType;
        if (compressed) response.Headers.ContentDisposition = $"attachment; filename=catalog.{format.Name}.gz";
        if (HttpMethods.IsHead(httpContext.Request.Method)) return;
        await using var gzip = compressed ? new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true) : null;
        var output = gzip ?? response.Body;
        using var buffer = new MemoryStream();
        using var writer = format.Open(buffer);
        writer.Begin(catalog);
        details.Rows = 0;
        foreach (var dataset in datasets.Read(cancellation))
        {
            details.Rows++;
            writer.Write(new HarvestedDataset(dataset, catalog.Iri, now));
            if (buffer.Length >= FlushBytes) await SendAsync();
        }

        writer.End();
        await SendAsync();

        async Task SendAsync()
        {
            await output.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellation);
            buffer.SetLength(0);
        }
    }
}

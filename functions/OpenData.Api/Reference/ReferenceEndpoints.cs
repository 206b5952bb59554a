using Microsoft.AspNetCore.Http;
using OpenData.Api.Pipeline;
using OpenData.Usage;

namespace OpenData.Api.Reference;

/// <summary>The API's reference, for programs and for people.</summary>
public sealed class ReferenceEndpoints(PublicAddress address, RequestPipeline pipeline)
{
    private static readonly DateTimeOffset BuiltAt = File.GetLastWriteTimeUtc(typeof(ReferenceEndpoints).Assembly.Location);

    /// <summary>Every route as OpenAPI 3.1.</summary>
    public IResult OpenApi(HttpRequest request) => pipeline.Run(UsageKind.Reference, null, (_, _) =>
        Task.FromResult(Freshness.NotModified(request, "", BuiltAt, null)
            ?? new BytesResult(OpenApiDocument.Write(address.Root(request)), "application/json; charset=utf-8")));

    /// <summary>Every route as a page.</summary>
    public IResult Reference(HttpRequest request) => pipeline.Run(UsageKind.Reference, null, (_, _) =>
    {
        StandardHeaders.AllowPage(request.HttpContext.Response);
        return Task.FromResult(Freshness.NotModified(request, "", BuiltAt, null)
            ?? Results.Text(ReferencePage.Write(address.Root(request)), "text/html; charset=utf-8"));
    });
}

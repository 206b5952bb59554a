using Microsoft.AspNetCore.Http;
using OpenData.Api.Explore;
using OpenData.Usage;

namespace OpenData.Api.Reference;

/// <summary>What there is to ask, and how: for programs and for people.</summary>
public static class ReferenceEndpoints
{
    private static readonly DateTimeOffset Built = File.GetLastWriteTimeUtc(typeof(ReferenceEndpoints).Assembly.Location);

    /// <summary>Every route as OpenAPI 3.1.</summary>
    public static IResult OpenApi(HttpRequest request, OpenDataSettings settings, Answering answering) => answering.Answer(UsageKind.Reference, null, (_, _) =>
        Task.FromResult(Freshness.NotModified(request, "", Built) ?? new BytesResult(OpenApiDocument.Write(Links.Root(request, settings)), "application/json; charset=utf-8")));

    /// <summary>Every route as a page.</summary>
    public static IResult Reference(HttpRequest request, OpenDataSettings settings, Answering answering) => answering.Answer(UsageKind.Reference, null, (_, _) =>
        Task.FromResult(Freshness.NotModified(request, "", Built) ?? Results.Text(ReferencePage.Write(Links.Root(request, settings)), "text/html; charset=utf-8")));
}

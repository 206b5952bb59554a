using Microsoft.AspNetCore.Http;

namespace OpenData.Portal.Assets;

/// <summary>An answer with a static file, which caches may keep for a year because its address changes with its content.</summary>
internal sealed class AssetResult(Asset asset) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        response.ContentType = asset.MediaType;
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.Vary = "Accept-Encoding";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.AccessControlAllowOrigin = "*";
        var content = asset.Content;
        if (asset.Brotli is { } brotli && TakesBrotli(request))
        {
            response.Headers.ContentEncoding = "br";
            content = brotli.Value;
        }

        response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(request.Method)) await response.Body.WriteAsync(content, httpContext.RequestAborted);
    }

    private static bool TakesBrotli(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value == "br" && encoding.Quality is not 0);
}

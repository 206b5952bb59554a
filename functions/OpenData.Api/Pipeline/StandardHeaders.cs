using Microsoft.AspNetCore.Http;

namespace OpenData.Api.Pipeline;

/// <summary>The headers of every answer.</summary>
internal static class StandardHeaders
{
    private const string DataPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private const string PagePolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'";

    /// <summary>Adds them: CORS, and what keeps a browser from running, framing or guessing the type of what agencies dropped.</summary>
    public static void Add(HttpResponse response)
    {
        CorsHeaders.Add(response);
        response.Headers.ContentSecurityPolicy = DataPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "DENY";
        response.Headers["Referrer-Policy"] = "no-referrer";
    }

    /// <summary>Lets a page of our own use the styles and pictures that are written in it; scripts stay forbidden.</summary>
    public static void AllowPage(HttpResponse response) => response.Headers.ContentSecurityPolicy = PagePolicy;
}

using Microsoft.AspNetCore.Http;

namespace OpenData.Api.Pipeline;

/// <summary>Cross-origin resource sharing: pages of any origin may read every answer, because the data is public.</summary>
internal static class CorsHeaders
{
    /// <summary>Adds what every answer carries.</summary>
    public static void Add(HttpResponse response)
    {
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.AccessControlExposeHeaders =
            "ETag, Link, Content-Disposition, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset";
    }

    /// <summary>Answers a preflight request.</summary>
    public static void AnswerPreflight(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowMethods = "GET, HEAD, POST, PATCH, OPTIONS";
        response.Headers.AccessControlAllowHeaders =
            $"Authorization, Content-Type, If-None-Match, If-Modified-Since, {RequestHeaders.AgencyKey}";
        response.Headers.AccessControlMaxAge = "86400";
    }
}

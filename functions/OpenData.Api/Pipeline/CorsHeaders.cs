using Microsoft.AspNetCore.Http;

namespace OpenData.Api.Pipeline;

/// <summary>Headers that all answers have. Pages of any origin may read every answer, because the data is public.</summary>
internal static class CorsHeaders
{
    /// <summary>
    /// Adds what every answer carries: that any origin may read it, and that no cache keeps it. An endpoint that knows how long its
    /// answer is good says so afterwards; what says nothing would be kept for days by some caches.
    /// </summary>
    public static void Add(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
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

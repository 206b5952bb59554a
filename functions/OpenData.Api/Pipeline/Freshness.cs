using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using OpenData.Query.Subjects;

namespace OpenData.Api.Pipeline;

/// <summary>
/// Tells caches how long an answer is good. Its ETag is made of what is asked, of the data's version and of this build, before anything is
/// queried; so a request with a current ETag runs no query.
/// </summary>
internal static class Freshness
{
    private static readonly TimeSpan LongestKept = TimeSpan.FromSeconds(30);
    private static readonly byte[] Build = typeof(Freshness).Module.ModuleVersionId.ToByteArray();

    /// <summary>Sets the headers of an answer about a subject; it is 304 if the caller has it already, otherwise null.</summary>
    /// <param name="request">The request.</param>
    /// <param name="subject">What is asked.</param>
    /// <param name="body">What stands for the request's body; empty without one.</param>
    public static IResult? NotModified(HttpRequest request, QuerySubject subject, string body = "") =>
        NotModified(request, subject.Fingerprint + body, subject.LastModified, subject);

    /// <summary>Sets the headers; the answer is 304 if the caller has it already, otherwise null.</summary>
    /// <param name="request">The request.</param>
    /// <param name="fingerprint">The same for as long as the data is the same.</param>
    /// <param name="lastModified">When the data last changed.</param>
    /// <param name="subject">
    /// What the answer is about; null if it can change with a release only. What can be withdrawn is asked for again after half a minute,
    /// before
    /// an embargo ends, and what is not for everybody is kept by no cache.
    /// </param>
    public static IResult? NotModified(HttpRequest request, string fingerprint, DateTimeOffset lastModified, QuerySubject? subject)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Build);
        foreach (var part in new[]
        {
            fingerprint,
            request.Method == HttpMethods.Post ? "POST" : "",
            request.Host.Value,
            request.Path.Value,
            request.QueryString.Value,
            request.Headers.Accept.ToString(),
        })
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part ?? ""));
            hash.AppendData([0]);
        }

        // Weak: the same records may be compressed in more than one way.
        var etag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(hash.GetHashAndReset(), 0, 16)}\"", isWeak: true);
        var headers = request.HttpContext.Response.GetTypedHeaders();
        var modified = DateTimeOffset.FromUnixTimeSeconds(lastModified.ToUnixTimeSeconds()); // HTTP knows no fractions
        headers.ETag = etag;
        headers.LastModified = modified;
        headers.CacheControl = Kept(request, subject);
        request.HttpContext.Response.Headers.Vary = $"Accept, Accept-Encoding, Authorization, {RequestHeaders.AgencyKey}";
        return Has(request, etag, modified) ? Results.StatusCode(StatusCodes.Status304NotModified) : null;
    }

    private static CacheControlHeaderValue Kept(HttpRequest request, QuerySubject? subject)
    {
        if (subject is { IsPublic: false }) return new CacheControlHeaderValue { NoStore = true };
        var age = LongestKept;
        if (subject?.ChangesAt is { } at)
        {
            var left = at - RequestViewer.TimeOf(request);
            if (left < age) age = left > TimeSpan.Zero ? TimeSpan.FromSeconds(Math.Floor(left.TotalSeconds)) : TimeSpan.Zero;
        }

        return new CacheControlHeaderValue { Public = true, MaxAge = age, MustRevalidate = true };
    }

    private static bool Has(HttpRequest request, EntityTagHeaderValue etag, DateTimeOffset modified)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) return false;
        var conditions = request.GetTypedHeaders();
        return conditions.IfNoneMatch is { Count: > 0 } known
            ? known.Any(tag => tag.Tag == "*" || tag.Compare(etag, useStrongComparison: false))
            : conditions.IfModifiedSince is { } since && modified <= since;
    }
}

using Microsoft.AspNetCore.Http;
using OpenData.Api.Pipeline;
using OpenData.Demand.Requests;

namespace OpenData.Api.Demand;

/// <summary>How often a caller may write in a day.</summary>
/// <remarks>
/// Callers without an identity share a count that is twenty times as high, so that a caller is not refused because of another's requests;
/// each of their voices counts as one person, unverified.
/// </remarks>
public sealed class WriteGuard(WriteQuota quota, CallerIdentity callers)
{
    private const int UnidentifiedFactor = 20;

    /// <summary>New requests of one caller in a day.</summary>
    internal const int RequestsPerDay = 5;

    /// <summary>Supports of one caller in a day.</summary>
    internal const int SupportsPerDay = 50;

    /// <summary>Feedback of one caller in a day.</summary>
    internal const int FeedbackPerDay = 20;

    /// <summary>What tells a writer from others; a new name for each request of a caller without an identity.</summary>
    internal string NameOf(HttpRequest request)
    {
        var caller = callers.Identify(request.HttpContext);
        return caller.Kind == CallerKind.Unidentified ? $"{caller.Name} {request.HttpContext.TraceIdentifier}" : caller.Name;
    }

    /// <summary>Counts a write.</summary>
    /// <exception cref="ApiException">429: the caller has written as often as it may today.</exception>
    internal async Task CountAsync(string what, HttpRequest request, int limit, CancellationToken cancellation)
    {
        var caller = callers.Identify(request.HttpContext);
        if (caller.Kind == CallerKind.Unidentified) limit *= UnidentifiedFactor;
        if (await quota.TakeAsync(what, caller.Name, limit, cancellation)) return;
        throw new ApiException(
            429, "TooManyRequests", $"You have written {limit} times today, which is the most for a {what}. Try again tomorrow.")
        {
            RetrySeconds = 86_400,
        };
    }
}

using Microsoft.AspNetCore.Http;
using OpenData.Api.Pipeline;
using OpenData.Demand.Requests;

namespace OpenData.Api.Demand;

/// <summary>How often a caller may write in a day.</summary>
public sealed class WriteGuard(WriteQuota quota)
{
    /// <summary>New requests of one caller in a day.</summary>
    internal const int RequestsPerDay = 5;

    /// <summary>Supports of one caller in a day.</summary>
    internal const int SupportsPerDay = 50;

    /// <summary>Feedback of one caller in a day.</summary>
    internal const int FeedbackPerDay = 20;

    /// <summary>Counts a write.</summary>
    /// <exception cref="ApiException">429: the caller has written as often as it may today.</exception>
    internal async Task CountAsync(string what, HttpRequest request, int limit, CancellationToken cancellation)
    {
        if (await quota.TakeAsync(what, Caller.Of(request.HttpContext).Name, limit, cancellation)) return;
        throw new ApiException(
            429, "TooManyRequests", $"You have written {limit} times today, which is the most for a {what}. Try again tomorrow.")
        {
            RetrySeconds = 86_400,
        };
    }
}

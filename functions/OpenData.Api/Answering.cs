using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenData.Lake;
using OpenData.Query;
using OpenData.Usage;

namespace OpenData.Api;

/// <summary>What a request turned out to use; an endpoint fills it in while it answers.</summary>
public sealed class Used
{
    /// <summary>The version that answered.</summary>
    public string? Version { get; set; }

    /// <summary>Rows in the answer.</summary>
    public long Rows { get; set; }

    /// <summary>What was searched for, as the caller typed it: free text only, never a filter's value.</summary>
    public string? Search { get; set; }

    /// <summary>How many datasets or rows a search found.</summary>
    public long? Hits { get; set; }

    /// <summary>The names of the fields selected or grouped by; null means all.</summary>
    public IReadOnlyList<string>? Fields { get; set; }

    /// <summary>The names of the fields filtered by.</summary>
    public IReadOnlyList<string>? Filters { get; set; }

    /// <summary>The format of an export, such as <c>csv</c>.</summary>
    public string? Format { get; set; }
}

/// <summary>
/// Everything that happens around an endpoint's own work, in both hosts alike: browsers of any origin may read, clients have a rate limit,
/// answers are compressed, errors become the contract's JSON, and every request leaves a usage event once its answer has been sent.
/// </summary>
public sealed class Answering(UsageLog usage, RateLimit limit, TimeProvider time, ILogger<Answering> logger)
{
    private const int MaxSearch = 200; // characters, and names below: an event stays small whatever a caller sends
    private const int MaxNames = 20;

    /// <summary>Wraps an endpoint's work.</summary>
    /// <param name="kind">What the request asks for.</param>
    /// <param name="datasetId">The dataset concerned, as the caller wrote it, or null.</param>
    /// <param name="work">Makes the answer. Its token is cancelled when the caller goes away.</param>
    public IResult Answer(UsageKind kind, string? datasetId, Func<Used, CancellationToken, Task<IResult>> work) =>
        new Answered(this, kind, datasetId, work);

    private sealed class Answered(Answering around, UsageKind kind, string? datasetId, Func<Used, CancellationToken, Task<IResult>> work) : IResult
    {
        public async Task ExecuteAsync(HttpContext context)
        {
            AllowOrigins(context.Response);
            if (HttpMethods.IsOptions(context.Request.Method))
            {
                Preflight(context.Response);
                return;
            }

            var started = Stopwatch.GetTimestamp();
            var used = new Used();
            var inner = context.Response.Body;
            await using var body = new AnswerBody(context, inner);
            context.Response.Body = body;
            int status;
            try
            {
                if (await around.AdmitAsync(context))
                {
                    var result = await work(used, context.RequestAborted);
                    await result.ExecuteAsync(context);
                    await body.CompleteAsync();
                }

                status = context.Response.StatusCode;
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                status = StatusCodes.Status499ClientClosedRequest;
            }
            catch (Exception error)
            {
                context.Response.Body = inner;
                status = await around.RefuseAsync(context, error);
            }
            finally
            {
                context.Response.Body = inner;
            }

            around.Note(context, kind, datasetId, status, used, body.Written, Stopwatch.GetElapsedTime(started));
        }
    }

    // Open data is for pages of any origin, and their scripts may see what we say about it.
    private static void AllowOrigins(HttpResponse response)
    {
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.AccessControlExposeHeaders = "ETag, Link, Content-Disposition, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset";
    }

    private static void Preflight(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowMethods = "GET, HEAD, POST, PATCH, OPTIONS";
        response.Headers.AccessControlAllowHeaders = $"Authorization, Content-Type, If-None-Match, If-Modified-Since, {DemandEndpoints.KeyHeader}";
        response.Headers.AccessControlMaxAge = "86400";
    }

    private async Task<bool> AdmitAsync(HttpContext context)
    {
        var call = limit.Count(context.Request);
        context.Response.Headers["X-RateLimit-Limit"] = call.Limit.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["X-RateLimit-Remaining"] = call.Remaining.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["X-RateLimit-Reset"] = call.Reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        if (!call.Allowed) await limit.RefuseAsync(context, call.Limit, call.Reset);
        return call.Allowed;
    }

    private async Task<int> RefuseAsync(HttpContext context, Exception error)
    {
        var refusal = error as ApiException ?? Refusal(QueryFailures.Translate(error));
        if (refusal is null) logger.LogError(error, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
        refusal ??= new ApiException(500, "InternalError", "The request failed on our side. Try again; if it fails again, report the time and the URL.");
        if (context.Response.HasStarted)
        {
            // Half an answer must not pass for a whole one: cut the connection instead of closing the body.
            context.Abort();
            return refusal.Status;
        }

        var calls = context.Response.Headers.Where(header => header.Key.StartsWith("X-RateLimit-", StringComparison.Ordinal)).ToList();
        context.Response.Clear();
        AllowOrigins(context.Response);
        foreach (var (name, value) in calls) context.Response.Headers[name] = value;
        context.Response.Headers.CacheControl = "no-store";
        if (refusal.RetrySeconds is { } seconds) context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await Results.Json(new { message = refusal.Message, error_code = refusal.ErrorCode }, OpenDataJson.Options, statusCode: refusal.Status)
            .ExecuteAsync(context);
        return refusal.Status;
    }

    // What the caller can do something about; null for what is a fault of ours.
    private static ApiException? Refusal(Exception error) => error switch
    {
        BadHttpRequestException request => new ApiException(request.StatusCode, "BadRequest", $"The request cannot be read: {request.Message}"),
        QueryException query => new ApiException(400, "ODSQLError", query.Message),
        QueryTimeoutException timeout => new ApiException(503, "QueryTimeout",
            $"{timeout.Message} Ask for less: a filter, fewer groups, a smaller offset; or use the exports endpoint, …/exports/csv, which has no such limit."),
        QueryBusyException busy => new ApiException(503, busy.OfExports ? "TooManyExports" : "TooManyQueries", $"{error.Message} Try again in {QueryBusyException.RetrySeconds} seconds.") { RetrySeconds = QueryBusyException.RetrySeconds },
        QueryResourcesException => new ApiException(503, "QueryTooLarge", $"{error.Message} Ask for less, or use the exports endpoint without order_by and group_by."),
        _ => null,
    };

    private void Note(HttpContext context, UsageKind kind, string? datasetId, int status, Used used, long bytes, TimeSpan took)
    {
        var caller = Caller.Of(context);
        var happened = new UsageEvent
        {
            Time = time.GetUtcNow(),
            Kind = kind,
            // Whatever a caller typed is not worth keeping; only what could be a dataset is.
            DatasetId = DatasetId.TryParse(datasetId, out var id) ? id.ToString() : null,
            Version = used.Version,
            Status = status,
            Rows = used.Rows,
            Bytes = bytes,
            Milliseconds = took.TotalMilliseconds,
            Search = used.Search is { Length: > MaxSearch } search ? search[..MaxSearch] : used.Search,
            Hits = used.Hits,
            Fields = used.Fields?.Take(MaxNames).ToList(),
            Filters = used.Filters?.Take(MaxNames).ToList(),
            Format = used.Format,
            Bot = caller.IsBot,
        };
        RequestTelemetry.Answered(happened);
        usage.Record(happened, caller.Name);
    }
}

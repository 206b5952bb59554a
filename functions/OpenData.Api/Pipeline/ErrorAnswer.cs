using System.Globalization;
using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenData.Lake;
using OpenData.Query;
using OpenData.Query.Language;
using OpenData.Query.Subjects;

namespace OpenData.Api.Pipeline;

/// <summary>An exception as the contract's JSON: <c>{"message", "error_code"}</c> with its status.</summary>
public static class ErrorAnswer
{
    /// <summary>Writes the answer; cuts the connection if a part of another answer was sent already.</summary>
    /// <returns>The status.</returns>
    internal static async Task<int> WriteAsync(HttpContext context, Exception error, ILogger logger)
    {
        var answer = Explain(error);
        if (error is DamagedDataException damaged) StoredData.SetAside(damaged.What, damaged.Where, damaged.Message, damaged, logger);
        if (answer is null && IsStorageAway(error))
        {
            logger.LogWarning(
                error, "{Method} {Path} failed because storage does not answer", context.Request.Method, context.Request.Path);
            answer = ApiException.StorageUnavailable();
        }

        if (answer is null) logger.LogError(error, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
        answer ??= new ApiException(
            500, "InternalError", "The request failed on our side. Try again; if it fails again, report the time and the URL.");
        var response = context.Response;
        if (response.HasStarted)
        {
            // A client must not take a part of an answer for the whole: only a broken connection says so once the headers are sent.
            context.Abort();
            return answer.Status;
        }

        var limits = response.Headers.Where(header => header.Key.StartsWith("X-RateLimit-", StringComparison.Ordinal)).ToList();
        response.Clear();
        StandardHeaders.Add(response);
        foreach (var (name, value) in limits) response.Headers[name] = value;
        if (answer.Challenge is { } challenge) response.Headers.WWWAuthenticate = challenge;
        if (answer.RetrySeconds is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await ToResult(answer.Status, answer.ErrorCode, answer.Message).ExecuteAsync(context);
        return answer.Status;
    }

    /// <summary>What the caller can do something about, in the contract's terms; null for a fault of the service.</summary>
    public static ApiException? Explain(Exception error) => error as ApiException ?? OfCaller(QueryFailures.Translate(error));

    /// <summary>The JSON of an error.</summary>
    internal static IResult ToResult(int status, string errorCode, string message) =>
        Results.Json(new { message, error_code = errorCode }, OpenDataJson.Options, statusCode: status);

    // Status 0 is a connection that failed, and the client reports its retries as one aggregate. 403 is a role that is missing or not yet
    // in effect; a container or table that is missing is as bad.
    private static bool IsStorageAway(Exception error) => error switch
    {
        RequestFailedException failed => failed.Status is 0 or 403 or 429 or >= 500
            || failed.ErrorCode is "ContainerNotFound" or "TableNotFound",
        AggregateException aggregate => aggregate.InnerExceptions.Any(IsStorageAway),
        _ => false,
    };

    // What the caller can do something about; null for a fault of the service.
    private static ApiException? OfCaller(Exception error) => error switch
    {
        BadHttpRequestException request =>
            new ApiException(request.StatusCode, "BadRequest", $"The request cannot be read: {request.Message}"),
        NotVisibleException { IsGone: true } => new ApiException(410, "Withdrawn", error.Message),
        NotVisibleException => new ApiException(403, "DataNotVisible", error.Message),
        QueryException query => new ApiException(400, "ODSQLError", query.Message),
        QueryTimeoutException timeout => new ApiException(503, "QueryTimeout",
            $"{timeout.Message} Ask for less: a filter, fewer groups, a smaller offset; "
            + "or use the exports endpoint, …/exports/csv, which has no such limit."),
        QueryBusyException busy => new ApiException(503, busy.OfExports ? "TooManyExports" : "TooManyQueries",
            $"{error.Message} Try again in {QueryBusyException.RetrySeconds} seconds.")
        {
            RetrySeconds = QueryBusyException.RetrySeconds,
        },
        DamagedDataException damaged => new ApiException(503, "DatasetDamaged",
            $"A stored {damaged.What} that this answer needs is damaged. The fault was logged for the operators; until it is restored, "
            + "other versions "
            + "and other datasets are served."),
        QueryResourcesException => new ApiException(503, "QueryTooLarge",
            $"{error.Message} Ask for less, or use the exports endpoint without order_by and group_by."),
        _ => null,
    };
}

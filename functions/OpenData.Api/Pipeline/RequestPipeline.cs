using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenData.Lake;
using OpenData.Usage;

namespace OpenData.Api.Pipeline;

/// <summary>
/// What surrounds every endpoint, the same in both hosts: CORS headers, the rate limit, compression, errors in the contract's JSON, and one
/// usage event per request, recorded after the answer has been sent.
/// </summary>
public sealed class RequestPipeline(UsageLog usage, RateLimit limit, TimeProvider time, ILogger<RequestPipeline> logger)
{
    private const int MaxSearchLength = 200; // characters; together with the next bound it keeps a usage event small
    private const int MaxNames = 20;

    /// <summary>Runs an endpoint's work inside the pipeline.</summary>
    /// <param name="kind">What the request asks for.</param>
    /// <param name="datasetId">The dataset concerned, as the caller wrote it, or null.</param>
    /// <param name="work">Makes the answer. Its token is cancelled when the caller disconnects.</param>
    public IResult Run(UsageKind kind, string? datasetId, Func<UsageDetails, CancellationToken, Task<IResult>> work) =>
        new PipelineResult(this, kind, datasetId, work);

    private async Task ExecuteAsync(
        HttpContext context, UsageKind kind, string? datasetId, Func<UsageDetails, CancellationToken, Task<IResult>> work)
    {
        CorsHeaders.Add(context.Response);
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            CorsHeaders.AnswerPreflight(context.Response);
            return;
        }

        var started = Stopwatch.GetTimestamp();
        var details = new UsageDetails();
        var inner = context.Response.Body;
        await using var body = new ResponseBody(context, inner);
        context.Response.Body = body;
        int status;
        try
        {
            if (await limit.AdmitAsync(context))
            {
                var result = await work(details, context.RequestAborted);
                await result.ExecuteAsync(context);
            }

            await body.CompleteAsync();
            status = context.Response.StatusCode;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            status = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception error)
        {
            context.Response.Body = inner;
            status = await ErrorAnswer.WriteAsync(context, error, logger);
        }
        finally
        {
            context.Response.Body = inner;
        }

        var caller = Caller.Of(context);
        var usageEvent = new UsageEvent
        {
            Time = time.GetUtcNow(),
            Kind = kind,
            // Only a well-formed id is kept: anything else is arbitrary text of a caller.
            DatasetId = DatasetId.TryParse(datasetId, out var id) ? id.ToString() : null,
            Version = details.Version,
            Status = status,
            Rows = details.Rows,
            Bytes = body.Written,
            Milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds,
            Search = details.Search is { Length: > MaxSearchLength } search ? search[..MaxSearchLength] : details.Search,
            Hits = details.Hits,
            Fields = details.Fields?.Take(MaxNames).ToList(),
            Filters = details.Filters?.Take(MaxNames).ToList(),
            Format = details.Format,
            Bot = caller.IsBot,
        };
        RequestTelemetry.Record(usageEvent);
        usage.Record(usageEvent, caller.Name);
    }

    private sealed class PipelineResult(
        RequestPipeline pipeline, UsageKind kind, string? datasetId, Func<UsageDetails, CancellationToken, Task<IResult>> work) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => pipeline.ExecuteAsync(httpContext, kind, datasetId, work);
    }
}

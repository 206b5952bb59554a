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
public sealed class RequestPipeline(
    UsageLog usage, ViewerIdentity viewers, RateLimit limit, StorageProbe storage, TimeProvider time,
        ILogger<RequestPipeline> logger)
{
    // A request that takes longer than this is checked for whether it waits for storage; with the check's own limit it ends within 2 s.
    private static readonly TimeSpan StoragePatience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan StopPatience = TimeSpan.FromMilliseconds(50);

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
        StandardHeaders.Add(context.Response);
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
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        int status;
        try
        {
            if (await AdmitAsync(context))
            {
                var result = await WorkAsync(work(details, stop.Token), stop);
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

        var caller = (Caller)context.Items[Caller.ItemKey]!;
        var usageEvent = new UsageEvent
        {
            Time = time.GetUtcNow(),
            Kind = details.Kind ?? kind,
            // Only a well-formed id is kept: anything else is arbitrary text of a caller.
            DatasetId = DatasetId.TryParse(details.DatasetId ?? datasetId, out var id) ? id.ToString() : null,
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

    private async Task<bool> AdmitAsync(HttpContext context)
    {
        ApiException? wrongKey = null;
        RequestViewer.Set(context, time.GetUtcNow());
        try
        {
            await viewers.IdentifyAsync(context, context.RequestAborted);
        }
        catch (ApiException e) when (e.Status == StatusCodes.Status401Unauthorized)
        {
            wrongKey = e;
        }

        var caller = (Caller)context.Items[Caller.ItemKey]!;
        if (wrongKey is not null) await limit.SlowDownAsync(caller, context.RequestAborted);
        if (!await limit.AdmitAsync(context, caller)) return false;
        return wrongKey is null ? true : throw wrongKey;
    }

    private async Task<IResult> WorkAsync(Task<IResult> work, CancellationTokenSource stop)
    {
        if (work.IsCompleted) return await work;
        await Task.WhenAny(work, Task.Delay(StoragePatience, time, stop.Token));
        if (work.IsCompleted || await storage.IsAnsweringAsync() || work.IsCompleted) return await work;
        await stop.CancelAsync();
        await Task.WhenAny(work, Task.Delay(StopPatience, time));
        _ = work.ContinueWith(
            failed => logger.LogDebug(failed.Exception, "A request was abandoned because storage does not answer"), TaskScheduler.Default);
        throw ApiException.StorageUnavailable();
    }

    private sealed class PipelineResult(
        RequestPipeline pipeline, UsageKind kind, string? datasetId, Func<UsageDetails, CancellationToken, Task<IResult>> work) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => pipeline.ExecuteAsync(httpContext, kind, datasetId, work);
    }
}

using Azure;
using Microsoft.AspNetCore.Http;
using OpenData.Api.Pipeline;
using OpenData.Catalog;
using OpenData.Lake;
using OpenData.Usage;

namespace OpenData.Api.Operations;

/// <summary>Health and uploads: what operators and agencies ask about the system itself.</summary>
public sealed class OperationsEndpoints(Storage storage, UploadLog uploads, RequestPipeline pipeline)
{
    private const int DefaultUploads = 100;
    private const int MaxUploads = 1000;

    /// <summary>200 with <c>{"status":"ok"}</c> if storage answers, otherwise 503.</summary>
    public IResult Health() => pipeline.Run(UsageKind.Health, null, async (_, cancellation) =>
    {
        try
        {
            await storage.Lake.GetPropertiesAsync(cancellationToken: cancellation);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            throw new ApiException(503, "StorageUnavailable", "Storage does not answer. Data is safe; try again in a minute.");
        }

        return Results.Json(new { status = "ok" }, OpenDataJson.Options);
    });

    /// <summary>
    /// An agency's uploads, the latest first: <c>{total_count, results:[upload…]}</c>. Takes <c>limit</c> (1 to 1,000, default 100).
    /// </summary>
    public IResult Uploads(HttpRequest request, string agency) => pipeline.Run(UsageKind.Uploads, null, async (details, cancellation) =>
    {
        var limit = DefaultUploads;
        if (request.Query["limit"] is [{ } text, ..] && (!int.TryParse(text, out limit) || limit is < 1 or > MaxUploads))
        {
            throw new ApiException(400, "InvalidParameter", $"limit is '{text}': it must be a whole number from 1 to {MaxUploads}.");
        }

        var results = new List<Upload>();
        var total = 0;
        await foreach (var upload in uploads.ListAsync(agency, cancellation))
        {
            if (total++ < limit) results.Add(upload);
        }

        details.Rows = results.Count;
        return Results.Json(new { total_count = total, results }, OpenDataJson.Options);
    });
}

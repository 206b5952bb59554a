using Microsoft.AspNetCore.Http;
using OpenData.Api.Pipeline;
using OpenData.Catalog;
using OpenData.Usage;

namespace OpenData.Api.Operations;

/// <summary>Health and uploads: what operators and agencies ask about the system itself.</summary>
public sealed class OperationsEndpoints(StorageProbe probe, UploadLog uploads, RequestPipeline pipeline)
{
    private const int DefaultUploads = 100;
    private const int MaxUploads = 1000;

    /// <summary>200 with <c>{"status":"ok"}</c> if blobs and tables answer within a second, otherwise 503.</summary>
    public IResult Health() => pipeline.Run(UsageKind.Health, null, async (_, _) => await probe.IsAnsweringAsync()
        ? Results.Json(new { status = "ok" }, OpenDataJson.Options)
        : throw ApiException.StorageUnavailable());

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

using Microsoft.AspNetCore.Http;
using OpenData.Catalog;
using OpenData.Lake;
using OpenData.Usage;

namespace OpenData.Api;

/// <summary>What operators and agencies ask of the system itself.</summary>
public static class SystemEndpoints
{
    /// <summary>200 with <c>{"status":"ok"}</c> if storage answers, otherwise 503.</summary>
    public static IResult Health(Storage storage, Answering answering) => answering.Answer(UsageKind.Health, null, async (_, cancellation) =>
    {
        try
        {
            await storage.Lake.GetPropertiesAsync(cancellationToken: cancellation);
        }
        catch (Exception e) when (e is Azure.RequestFailedException or AggregateException)
        {
            throw new ApiException(503, "StorageUnavailable", "Storage does not answer. Data is safe; try again in a minute.");
        }

        return Results.Json(new { status = "ok" }, OpenDataJson.Options);
    });

    /// <summary>An agency's uploads, the latest first: <c>{total_count, results:[upload…]}</c>. Takes <c>limit</c> (1 to 1,000, default 100).</summary>
    public static IResult Uploads(HttpRequest request, string agency, UploadLog uploads, Answering answering) =>
        answering.Answer(UsageKind.Uploads, null, async (used, cancellation) =>
        {
            var limit = 100;
            if (request.Query["limit"] is [{ } text, ..] && (!int.TryParse(text, out limit) || limit is < 1 or > 1000))
            {
                throw new ApiException(400, "InvalidParameter", $"limit is '{text}': it must be a whole number from 1 to 1000.");
            }

            var results = new List<Upload>();
            var total = 0;
            await foreach (var upload in uploads.ListAsync(agency, cancellation))
            {
                if (total++ < limit) results.Add(upload);
            }

            used.Rows = results.Count;
            return Results.Json(new { total_count = total, results }, OpenDataJson.Options);
        });
}

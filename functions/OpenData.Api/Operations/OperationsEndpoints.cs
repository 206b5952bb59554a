using Microsoft.AspNetCore.Http;
using OpenData.Api.Pipeline;
using OpenData.Catalog;
using OpenData.Catalog.Publication;
using OpenData.Ingest.Report;
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
    /// An agency's uploads, the latest first: <c>{total_count, states:{published: 3, …}, results:[upload…]}</c>. Takes <c>limit</c> (1 to
    /// 1,000, default 100). They are the agency's own: without its key, an approver's or the planners', <c>results</c> is empty.
    /// </summary>
    public IResult Uploads(HttpRequest request, string agency) => pipeline.Run(UsageKind.Uploads, null, async (details, cancellation) =>
    {
        var limit = DefaultUploads;
        if (request.Query["limit"] is [{ } text, ..] && (!int.TryParse(text, out limit) || limit is < 1 or > MaxUploads))
        {
            throw new ApiException(400, "InvalidParameter", $"limit is '{text}': it must be a whole number from 1 to {MaxUploads}.");
        }

        var shown = request.Viewer().May(ViewerAction.SeeUploads, agency) ? limit : 0;
        var results = new List<Upload>();
        var states = new SortedDictionary<UploadState, int>();
        await foreach (var upload in uploads.ListAsync(agency, cancellation))
        {
            states[upload.State] = states.GetValueOrDefault(upload.State) + 1;
            if (results.Count < shown) results.Add(upload);
        }

        details.Rows = results.Count;
        return Results.Json(
            new
            {
                total_count = states.Values.Sum(),
                states = states.ToDictionary(state => state.Key.ToString().ToLowerInvariant(), state => state.Value),
                results,
            },
            OpenDataJson.Options);
    });

    /// <summary>
    /// What became of one upload, as a page in Korean and English, or as JSON with <c>format=json</c>; for its agency, approvers and
    /// planners.
    /// </summary>
    public IResult Upload(HttpRequest request, string agency, string upload_id) => pipeline.Run(
        UsageKind.Uploads, null, async (details, cancellation) =>
        {
            ViewerIdentity.Require(request, ViewerAction.SeeUploads, agency);
            var upload = await uploads.FindAsync(agency, upload_id, cancellation)
                ?? throw ApiException.NotFound($"The agency {agency} has no upload '{upload_id}'.");
            details.Rows = 1;
            if (request.Query["format"] == "json") return Results.Json(upload, OpenDataJson.Options);
            StandardHeaders.AllowPage(request.HttpContext.Response);
            return Results.Text(ProblemPage.Of(upload), "text/html; charset=utf-8");
        });
}

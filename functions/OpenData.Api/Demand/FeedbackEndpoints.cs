using Microsoft.AspNetCore.Http;
using OpenData.Api.Pipeline;
using OpenData.Catalog.Publication;
using OpenData.Demand.Requests;
using OpenData.Lake;
using OpenData.Usage;

namespace OpenData.Api.Demand;

/// <summary>Feedback on datasets: ratings, problems and reuses.</summary>
public sealed class FeedbackEndpoints(
    FeedbackLog log, WriteGuard guard, PublishedDatasets datasets, TimeProvider time, RequestPipeline pipeline)
{
    /// <summary>
    /// Takes <c>{kind: "rating", rating: 1…5}</c>, <c>{kind: "problem", text}</c> or <c>{kind: "reuse", text, url?}</c>. 201, or 202 if it
    /// waits for moderation.
    /// </summary>
    public IResult Feedback(HttpRequest request, string dataset_id) =>
        pipeline.Run(UsageKind.Demand, dataset_id, async (_, cancellation) =>
        {
            if (!DatasetId.TryParse(dataset_id, out var id) || await datasets.FindAsync(id, cancellation) is null)
            {
                throw ApiException.NotFound($"There is no dataset '{dataset_id}'.");
            }

            var feedback = Read(await JsonBody.ReadAsync(request, cancellation), id);
            await guard.CountAsync("feedback", request, WriteGuard.FeedbackPerDay, cancellation);
            await log.AddAsync(feedback, new Voice(guard.NameOf(request)), cancellation);
            return Results.Json(
                new { feedback.Moderation }, OpenDataJson.Options, statusCode: feedback.Moderation == Moderation.Shown ? 201 : 202);
        });

    private Feedback Read(JsonBody body, DatasetId id)
    {
        var kind = body.OneOf<FeedbackKind>("kind") ?? throw JsonBody.Wrong("kind", "", "must be rating, problem or reuse");
        var text = kind == FeedbackKind.Rating ? body.OptionalText("text", 2000) : body.Text("text", 5, 2000);
        var rating = kind == FeedbackKind.Rating ? body.Whole("rating", 1, 5) : (int?)null;
        var url = kind == FeedbackKind.Reuse ? body.OptionalText("url", 500) : null;
        body.RejectOtherMembers("kind", "text", kind == FeedbackKind.Rating ? "rating" : "url");
        if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"))
        {
            throw JsonBody.Wrong("url", url, "must be an http or https address");
        }

        return new Feedback(id.ToString(), time.GetUtcNow(), kind, rating, text, url, TextScreen.Judge(text));
    }
}

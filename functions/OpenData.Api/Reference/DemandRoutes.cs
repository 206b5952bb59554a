using Microsoft.AspNetCore.Http;
using OpenData.Api.Demand;
using OpenData.Api.Routing;
using static OpenData.Api.Reference.ApiAnswers;
using static OpenData.Api.Reference.ApiParameters;

namespace OpenData.Api.Reference;

/// <summary>Routes on which people ask for data.</summary>
internal static class DemandRoutes
{
    private const string Chapter = "Demand";

    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        new(
            nameof(Routes.DataRequests), Routes.DataRequests, Methods.Reading,
            (DemandEndpoints endpoints, HttpRequest request) => endpoints.List(request))
        {
            Chapter = Chapter,
            Summary = "What people have asked for, the latest first",
            Parameters = Requests,
            Answers = OfList(
                Ok("The requests; counts of fewer than five people are not told.", nameof(ApiSchemas.DataRequests), "requests")),
        },
        new(
            nameof(Routes.OpenDataRequest), Routes.OpenDataRequest, Methods.Posting,
            (DemandEndpoints endpoints, HttpRequest request) => endpoints.Open(request))
        {
            Chapter = Chapter,
            Summary = "Asks for data, five times a day",
            Body = nameof(ApiSchemas.NewRequest),
            BodyExample = ApiExamples.Read("new-request"),
            Answers = OfWriting(
                Ok("The request.", nameof(ApiSchemas.DataRequest), "request", 201),
                Ok("It waits for moderation by a planner.", nameof(ApiSchemas.DataRequest), "request-pending", 202)),
        },
        new(
            nameof(Routes.DataRequest), Routes.DataRequest, Methods.Reading,
            (DemandEndpoints endpoints, string request_id) => endpoints.Find(request_id))
        {
            Chapter = Chapter,
            Summary = "One request for data",
            Parameters = [RequestId],
            Answers = OfReading(Ok("The request.", nameof(ApiSchemas.DataRequest), "request")),
        },
        new(
            nameof(Routes.ChangeDataRequest), Routes.ChangeDataRequest, Methods.Patching,
            (DecisionEndpoints endpoints, HttpRequest request, string request_id) => endpoints.Change(request, request_id))
        {
            Chapter = Chapter,
            Summary = "Decides on a request, as the agency that is asked",
            Parameters = [RequestId, AgencyKey],
            Body = nameof(ApiSchemas.Change),
            BodyExample = ApiExamples.Read("request-change"),
            Answers = OfWriting(
                Ok("The request.", nameof(ApiSchemas.DataRequest), "request"),
                Error(403, "The request is with another agency.", "Forbidden", "This request is with the agency molit."),
                Error(409, "The request's state forbids it.", "Conflict", "A released request cannot be refused.")),
        },
        new(
            nameof(Routes.SupportDataRequest), Routes.SupportDataRequest, Methods.Sending,
            (DemandEndpoints endpoints, HttpRequest request, string request_id) => endpoints.Support(request, request_id))
        {
            Chapter = Chapter,
            Summary = "Supports a request, once a day",
            Parameters = [RequestId],
            Body = nameof(ApiSchemas.Support),
            BodyExample = ApiExamples.Read("support"),
            Answers = OfWriting(Ok("The request, and whether the support was counted.", nameof(ApiSchemas.Supported), "supported")),
        },
        new(
            nameof(Routes.Feedback), Routes.Feedback, Methods.Sending,
            (FeedbackEndpoints endpoints, HttpRequest request, string dataset_id) => endpoints.Feedback(request, dataset_id))
        {
            Chapter = Chapter,
            Summary = "Rates a dataset, reports a problem in it, or shows what was made of it",
            Parameters = [DatasetIdentifier],
            Body = nameof(ApiSchemas.Feedback),
            BodyExample = ApiExamples.Read("feedback"),
            Answers = OfWriting(
                Ok("It was received.", nameof(ApiSchemas.Received), "feedback-received", 201),
                Ok("It waits for moderation by a planner.", nameof(ApiSchemas.Received), "feedback-pending", 202)),
        },
    ];
}

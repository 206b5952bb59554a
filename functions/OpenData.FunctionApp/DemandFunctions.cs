using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using OpenData.Api.Demand;
using OpenData.Api.Routing;

namespace OpenData.FunctionApp;

/// <summary>
/// Requests for data, and feedback. Anybody may write, within a quota; an agency that decides sends its own key, which the endpoint checks,
/// because a function key could not tell one agency from another.
/// </summary>
public sealed class DemandFunctions(DemandEndpoints demand, DecisionEndpoints decisions, FeedbackEndpoints feedback)
{
    /// <summary>See <see cref="DemandEndpoints.List"/>.</summary>
    [Function(nameof(Routes.DataRequests))]
    public IResult DataRequests(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.DataRequests)] HttpRequest request) =>
        demand.List(request);

    /// <summary>See <see cref="DemandEndpoints.Open"/>.</summary>
    [Function(nameof(Routes.OpenDataRequest))]
    public IResult OpenDataRequest(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.OpenDataRequest)] HttpRequest request) =>
        demand.Open(request);

    /// <summary>See <see cref="DemandEndpoints.Find"/>.</summary>
    [Function(nameof(Routes.DataRequest))]
    public IResult DataRequest(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.DataRequest)] HttpRequest request,
        string request_id) =>
        demand.Find(request_id);

    /// <summary>See <see cref="DecisionEndpoints.Change"/>.</summary>
    [Function(nameof(Routes.ChangeDataRequest))]
    public IResult ChangeDataRequest(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Routes.ChangeDataRequest)] HttpRequest request, string request_id) =>
        decisions.Change(request, request_id);

    /// <summary>See <see cref="DemandEndpoints.Support"/>.</summary>
    [Function(nameof(Routes.SupportDataRequest))]
    public IResult SupportDataRequest(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", "options", Route = Routes.SupportDataRequest)] HttpRequest request,
        string request_id) =>
        demand.Support(request, request_id);

    /// <summary>See <see cref="FeedbackEndpoints.Feedback"/>.</summary>
    [Function(nameof(Routes.Feedback))]
    public IResult Feedback(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", "options", Route = Routes.Feedback)] HttpRequest request, string dataset_id) =>
        feedback.Feedback(request, dataset_id);
}

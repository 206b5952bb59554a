using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using OpenData.Api;
using OpenData.Catalog;
using OpenData.Demand;
using OpenData.Demand.Requests;

namespace OpenData.FunctionApp;

/// <summary>
/// What people ask for. Anybody may ask, within a quota; an agency that answers shows its own key, which the endpoint checks, because a
/// function key could not tell one agency from another.
/// </summary>
public sealed class DemandFunctions(
    RequestBoard board, FeedbackLog feedback, WriteQuota quota, AgencyKeys keys, CurrentPlan plan, DatasetCatalog catalog, TimeProvider time, Answering answering)
{
    /// <summary>See <see cref="DemandEndpoints.List"/>.</summary>
    [Function(nameof(Routes.DataRequests))]
    public IResult DataRequests([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.DataRequests)] HttpRequest request) =>
        DemandEndpoints.List(request, board, answering);

    /// <summary>See <see cref="DemandEndpoints.Open"/>.</summary>
    [Function(nameof(Routes.OpenDataRequest))]
    public IResult OpenDataRequest([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.OpenDataRequest)] HttpRequest request) =>
        DemandEndpoints.Open(request, board, quota, plan, answering);

    /// <summary>See <see cref="DemandEndpoints.Find"/>.</summary>
    [Function(nameof(Routes.DataRequest))]
    public IResult DataRequest([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.DataRequest)] HttpRequest request, string request_id) =>
        DemandEndpoints.Find(request_id, board, answering);

    /// <summary>See <see cref="DemandEndpoints.Change"/>.</summary>
    [Function(nameof(Routes.ChangeDataRequest))]
    public IResult ChangeDataRequest([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Routes.ChangeDataRequest)] HttpRequest request, string request_id) =>
        DemandEndpoints.Change(request, request_id, board, keys, catalog, plan, time, answering);

    /// <summary>See <see cref="DemandEndpoints.Support"/>.</summary>
    [Function(nameof(Routes.SupportDataRequest))]
    public IResult SupportDataRequest([HttpTrigger(AuthorizationLevel.Anonymous, "post", "options", Route = Routes.SupportDataRequest)] HttpRequest request, string request_id) =>
        DemandEndpoints.Support(request, request_id, board, quota, plan, answering);

    /// <summary>See <see cref="DemandEndpoints.Feedback"/>.</summary>
    [Function(nameof(Routes.Feedback))]
    public IResult Feedback([HttpTrigger(AuthorizationLevel.Anonymous, "post", "options", Route = Routes.Feedback)] HttpRequest request, string dataset_id) =>
        DemandEndpoints.Feedback(request, dataset_id, feedback, quota, catalog, time, answering);
}

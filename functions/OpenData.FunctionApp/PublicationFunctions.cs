using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using OpenData.Api.Publication;
using OpenData.Api.Routing;

namespace OpenData.FunctionApp;

/// <summary>Decisions about publication; the endpoints check the keys of agencies, approvers and planners.</summary>
public sealed class PublicationFunctions(PublicationEndpoints publication)
{
    /// <summary>See <see cref="PublicationEndpoints.Waiting"/>.</summary>
    [Function(nameof(Routes.Waiting))]
    public IResult Waiting(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Waiting)] HttpRequest request,
            string dataset_id) =>
        publication.Waiting(request, dataset_id);

    /// <summary>See <see cref="PublicationEndpoints.Decide"/>.</summary>
    [Function(nameof(Routes.DecidePublication))]
    public IResult DecidePublication(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.DecidePublication)] HttpRequest request, string dataset_id) =>
        publication.Decide(request, dataset_id);

    /// <summary>See <see cref="PublicationEndpoints.Audit"/>.</summary>
    [Function(nameof(Routes.Audit))]
    public IResult Audit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Audit)] HttpRequest request) =>
        publication.Audit(request);
}

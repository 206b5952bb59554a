using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using OpenData.Api;
using OpenData.Api.Mcp;
using OpenData.Api.Operations;
using OpenData.Api.Reference;
using OpenData.Api.Routing;
using OpenData.Portal;

namespace OpenData.FunctionApp;

/// <summary>The pages, operations and the reference.</summary>
public sealed class SystemFunctions(OperationsEndpoints operations, ReferenceEndpoints reference, McpEndpoint mcp, PortalEndpoints portal)
{
    /// <summary>See <see cref="PortalEndpoints.Portal"/>.</summary>
    [Function(nameof(Routes.Portal))]
    public IResult Portal(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "options", Route = Routes.Portal)] HttpRequest request) =>
        portal.Portal(request);

    /// <summary>See <see cref="OperationsEndpoints.Health"/>.</summary>
    [Function(nameof(Routes.Health))]
    public IResult Health(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Health)] HttpRequest request) =>
        operations.Health();

    /// <summary>See <see cref="ReferenceEndpoints.OpenApi"/>.</summary>
    [Function(nameof(Routes.OpenApi))]
    public IResult OpenApi(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.OpenApi)] HttpRequest request) =>
        reference.OpenApi(request);

    /// <summary>See <see cref="ReferenceEndpoints.Reference"/>.</summary>
    [Function(nameof(Routes.Reference))]
    public IResult Reference(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Reference)] HttpRequest request) =>
        reference.Reference(request);

    /// <summary>See <see cref="OperationsEndpoints.Uploads"/>.</summary>
    [Function(nameof(Routes.Uploads))]
    public IResult Uploads(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Uploads)] HttpRequest request, string agency) =>
        operations.Uploads(request, agency);

    /// <summary>See <see cref="OperationsEndpoints.Upload"/>.</summary>
    [Function(nameof(Routes.Upload))]
    public IResult Upload(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Upload)] HttpRequest request, string agency,
        string upload_id) => operations.Upload(request, agency, upload_id);

    /// <summary>See <see cref="McpEndpoint.Handle"/>.</summary>
    [Function(nameof(Routes.Mcp))]
    public IResult Mcp(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", "options", Route = Routes.Mcp)] HttpRequest request) =>
        mcp.Handle(request);

    /// <summary>See <see cref="UnknownRoute.Answer"/>. With no methods named it takes all of them.</summary>
    [Function(nameof(Routes.Unknown))]
    public static IResult Unknown([HttpTrigger(AuthorizationLevel.Anonymous, Route = Routes.Unknown)] HttpRequest request) =>
        UnknownRoute.Answer(request);
}

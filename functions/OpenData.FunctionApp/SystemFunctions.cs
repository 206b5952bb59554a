using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using OpenData.Api;
using OpenData.Api.Reference;
using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.FunctionApp;

/// <summary>What operators and agencies ask of the system itself.</summary>
public sealed class SystemFunctions(Storage storage, UploadLog uploads, OpenDataSettings settings, Answering answering)
{
    /// <summary>See <see cref="SystemEndpoints.Health"/>.</summary>
    [Function(nameof(Routes.Health))]
    public IResult Health([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Health)] HttpRequest request) =>
        SystemEndpoints.Health(storage, answering);

    /// <summary>See <see cref="ReferenceEndpoints.OpenApi"/>.</summary>
    [Function(nameof(Routes.OpenApi))]
    public IResult OpenApi([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.OpenApi)] HttpRequest request) =>
        ReferenceEndpoints.OpenApi(request, settings, answering);

    /// <summary>See <see cref="ReferenceEndpoints.Reference"/>.</summary>
    [Function(nameof(Routes.Reference))]
    public IResult Reference([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Reference)] HttpRequest request) =>
        ReferenceEndpoints.Reference(request, settings, answering);

    /// <summary>See <see cref="SystemEndpoints.Uploads"/>.</summary>
    [Function(nameof(Routes.Uploads))]
    public IResult Uploads([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Uploads)] HttpRequest request, string agency) =>
        SystemEndpoints.Uploads(request, agency, uploads, answering);
}

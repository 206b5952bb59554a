using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using OpenData.Api;
using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.FunctionApp;

/// <summary>What operators and agencies ask of the system itself.</summary>
public sealed class SystemFunctions(Storage storage, UploadLog uploads, Answering answering)
{
    /// <summary>See <see cref="SystemEndpoints.Health"/>.</summary>
    [Function(nameof(Routes.Health))]
    public IResult Health([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Health)] HttpRequest request) =>
        SystemEndpoints.Health(storage, answering);

    /// <summary>See <see cref="SystemEndpoints.Uploads"/>.</summary>
    [Function(nameof(Routes.Uploads))]
    public IResult Uploads([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Uploads)] HttpRequest request, string agency) =>
        SystemEndpoints.Uploads(request, agency, uploads, answering);
}

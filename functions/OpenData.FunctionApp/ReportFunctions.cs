using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using OpenData.Api.Reports;
using OpenData.Api.Routing;

namespace OpenData.FunctionApp;

/// <summary>The planners' report.</summary>
public sealed class ReportFunctions(ReportEndpoints endpoints)
{
    /// <summary>See <see cref="ReportEndpoints.List"/>.</summary>
    [Function(nameof(Routes.Reports))]
    public IResult Reports(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Reports)] HttpRequest request) =>
        endpoints.List();

    /// <summary>See <see cref="ReportEndpoints.Latest"/>.</summary>
    [Function(nameof(Routes.LatestReport))]
    public IResult LatestReport(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.LatestReport)] HttpRequest request) =>
        endpoints.Latest(request);

    /// <summary>See <see cref="ReportEndpoints.Edition"/>.</summary>
    [Function(nameof(Routes.ReportEdition))]
    public IResult ReportEdition(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.ReportEdition)] HttpRequest request,
        string edition) =>
        endpoints.Edition(request, edition);

    /// <summary>See <see cref="ReportEndpoints.File"/>.</summary>
    [Function(nameof(Routes.ReportFile))]
    public IResult ReportFile(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.ReportFile)] HttpRequest request,
        string edition, string file) =>
        endpoints.File(request, edition, file);

    /// <summary>See <see cref="ReportEndpoints.Run"/>. On Azure the host requires its master key.</summary>
    [Function(nameof(Routes.RunReport))]
    public IResult RunReport(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = Routes.RunReport)] HttpRequest request) =>
        endpoints.Run();
}

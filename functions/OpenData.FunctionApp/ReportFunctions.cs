using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using OpenData.Api;
using OpenData.Lake;
using OpenData.Planning;

namespace OpenData.FunctionApp;

/// <summary>The planners' report.</summary>
public sealed class ReportFunctions(ReportRun report, Storage storage, Answering answering, TimeProvider time)
{
    /// <summary>Makes the report when its time has come, and tries again twice if storage fails.</summary>
    [Function(nameof(Report))]
    [FixedDelayRetry(2, "00:05:00")]
    public Task Report([TimerTrigger(Triggers.ReportSchedule)] TimerInfo timer, CancellationToken cancellation) =>
        report.RunAsync(time.GetUtcNow(), cancellation);

    /// <summary>See <see cref="ReportEndpoints.List"/>.</summary>
    [Function(nameof(Routes.Reports))]
    public IResult Reports([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Reports)] HttpRequest request) =>
        ReportEndpoints.List(storage, answering);

    /// <summary>See <see cref="ReportEndpoints.Latest"/>.</summary>
    [Function(nameof(Routes.LatestReport))]
    public IResult LatestReport([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.LatestReport)] HttpRequest request) =>
        ReportEndpoints.Latest(request, storage, answering);

    /// <summary>See <see cref="ReportEndpoints.Edition"/>.</summary>
    [Function(nameof(Routes.ReportEdition))]
    public IResult ReportEdition([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.ReportEdition)] HttpRequest request, string edition) =>
        ReportEndpoints.Edition(request, edition, storage, answering);

    /// <summary>See <see cref="ReportEndpoints.File"/>.</summary>
    [Function(nameof(Routes.ReportFile))]
    public IResult ReportFile([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.ReportFile)] HttpRequest request, string edition, string file) =>
        ReportEndpoints.File(request, edition, file, storage, answering);

    /// <summary>See <see cref="ReportEndpoints.Run"/>. For operators: the host asks for its master key.</summary>
    [Function(nameof(Routes.RunReport))]
    public IResult RunReport([HttpTrigger(AuthorizationLevel.Admin, "post", Route = Routes.RunReport)] HttpRequest request) =>
        ReportEndpoints.Run(report, time, answering);
}

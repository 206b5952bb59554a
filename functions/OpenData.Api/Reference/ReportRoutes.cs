using Microsoft.AspNetCore.Http;
using OpenData.Api.Reports;
using OpenData.Api.Routing;
using static OpenData.Api.Reference.ApiAnswers;
using static OpenData.Api.Reference.ApiParameters;

namespace OpenData.Api.Reference;

/// <summary>Routes of the planners' report.</summary>
internal static class ReportRoutes
{
    private const string Chapter = "Reports";

    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        new(
            nameof(Routes.Reports), Routes.Reports, Methods.Reading,
            (ReportEndpoints endpoints) => endpoints.List())
        {
            Chapter = Chapter,
            Summary = "The editions of the planners' report",
            Answers = OfList(Ok("The editions, and how the last run ended.", nameof(ApiSchemas.Reports), "reports")),
        },
        new(
            nameof(Routes.LatestReport), Routes.LatestReport, Methods.Reading,
            (ReportEndpoints endpoints, HttpRequest request) => endpoints.Latest(request))
        {
            Chapter = Chapter,
            Summary = "The last report",
            Parameters = [ReportFormat, ReportLanguage],
            Answers = OfReading(File("The report.", "text/html")),
        },
        new(
            nameof(Routes.ReportEdition), Routes.ReportEdition, Methods.Reading,
            (ReportEndpoints endpoints, HttpRequest request, string edition) => endpoints.Edition(request, edition))
        {
            Chapter = Chapter,
            Summary = "One edition of the report",
            Parameters = [Edition, ReportFormat, ReportLanguage],
            Answers = OfReading(File("The report.", "text/html")),
        },
        new(
            nameof(Routes.ReportFile), Routes.ReportFile, Methods.Reading,
            (ReportEndpoints endpoints, HttpRequest request, string edition, string file) => endpoints.File(request, edition, file))
        {
            Chapter = Chapter,
            Summary = "One file of an edition",
            Parameters = [Edition, ApiParameters.ReportFile],
            Answers = OfReading(File("The file.", "text/csv")),
        },
        new(
            nameof(Routes.RunReport), Routes.RunReport, Methods.Posting,
            (ReportEndpoints endpoints) => endpoints.Run())
        {
            Chapter = Chapter,
            Summary = "Makes the report now",
            Description = "For operators: on Azure the host asks for its master key.",
            Answers =
            [
                Ok("It is made.", nameof(ApiSchemas.Run), "report-run"),
                Error(409, "Another instance is making it.", "Conflict",
                    "Another instance is making the report. It will be at reports/latest in a moment."),
            ],
        },
    ];
}

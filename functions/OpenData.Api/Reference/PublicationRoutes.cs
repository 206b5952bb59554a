using Microsoft.AspNetCore.Http;
using OpenData.Api.Publication;
using OpenData.Api.Routing;
using static OpenData.Api.Reference.ApiAnswers;
using static OpenData.Api.Reference.ApiParameters;

namespace OpenData.Api.Reference;

/// <summary>Routes of whoever decides what is published.</summary>
internal static class PublicationRoutes
{
    private const string Chapter = "Publication";

    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        new(
            nameof(Routes.Waiting), Routes.Waiting, Methods.Reading,
            (PublicationEndpoints endpoints, HttpRequest request, string dataset_id) => endpoints.Waiting(request, dataset_id))
        {
            Chapter = Chapter,
            Summary = "What of a dataset waits to be published, beside what is served",
            Description = "Its records are read at the dataset's own address, with the same key and version=.",
            Parameters = [DatasetIdentifier, AgencyKey],
            Answers = OfKey(Ok("What waits.", nameof(ApiSchemas.Waiting), "waiting")),
        },
        new(
            nameof(Routes.DecidePublication), Routes.DecidePublication, Methods.Posting,
            (PublicationEndpoints endpoints, HttpRequest request, string dataset_id) => endpoints.Decide(request, dataset_id))
        {
            Chapter = Chapter,
            Summary = "Approves or refuses what waits; withdraws, restores or purges what was published",
            Parameters = [DatasetIdentifier, AgencyKey],
            Body = nameof(ApiSchemas.Decision),
            BodyExample = ApiExamples.Read("decision"),
            Answers = OfDecision(Ok("It was done.", nameof(ApiSchemas.Decided), "decided")),
        },
        new(
            nameof(Routes.Audit), Routes.Audit, Methods.Reading,
            (PublicationEndpoints endpoints, HttpRequest request) => endpoints.Audit(request))
        {
            Chapter = Chapter,
            Summary = "Who did what, when and why to what is published",
            Parameters = [AuditDay, AgencyKey],
            Answers = OfKey(Ok("The lines of a day.", nameof(ApiSchemas.AuditLines), "audit")),
        },
    ];
}

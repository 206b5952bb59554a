using Microsoft.AspNetCore.Http;
using OpenData.Api.Mcp;
using OpenData.Api.Operations;
using OpenData.Api.Routing;
using static OpenData.Api.Reference.ApiAnswers;
using static OpenData.Api.Reference.ApiParameters;

namespace OpenData.Api.Reference;

/// <summary>Routes of operators and agencies, and of the reference itself.</summary>
internal static class OperationsRoutes
{
    private const string Chapter = "Operation";

    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        new(
            nameof(Routes.Uploads), Routes.Uploads, Methods.Reading,
            (OperationsEndpoints endpoints, HttpRequest request, string agency) => endpoints.Uploads(request, agency))
        {
            Chapter = Chapter,
            Summary = "What became of an agency's drops, the latest first",
            Description = "The drops themselves are for the agency, approvers and planners; others are told how many are in which state.",
            Parameters = [Agency, ApiParameters.Uploads, AgencyKey],
            Answers = OfList(Ok("The uploads.", nameof(ApiSchemas.Uploads), "uploads")),
        },
        new(
            nameof(Routes.Upload), Routes.Upload, Methods.Reading,
            (OperationsEndpoints endpoints, HttpRequest request, string agency, string upload_id) =>
                endpoints.Upload(request, agency, upload_id))
        {
            Chapter = Chapter,
            Summary = "What became of one drop, as a page in Korean and English",
            Parameters = [Agency, UploadId, UploadFormat, AgencyKey],
            Answers = OfKey(File("The page, or the record.", "text/html")),
        },
        new(
            nameof(Routes.Health), Routes.Health, Methods.Reading,
            (OperationsEndpoints endpoints) => endpoints.Health())
        {
            Chapter = Chapter,
            Summary = "Whether the service is well",
            Answers =
            [
                Ok("It is.", nameof(ApiSchemas.Health), "health"),
                Error(503, "It is not.", "StorageUnavailable", "Storage does not answer. Data is safe; try again in a minute."),
            ],
        },
        new(
            nameof(Routes.Mcp), Routes.Mcp, Methods.Sending,
            (McpEndpoint endpoint, HttpRequest request) => endpoint.Handle(request))
        {
            Chapter = Chapter,
            Summary = "The Model Context Protocol, for assistants",
            Description = "Streamable HTTP, stateless: one JSON-RPC message a POST. Accept application/json and text/event-stream.",
            Body = nameof(ApiSchemas.McpMessage),
            BodyExample = ApiExamples.Read("mcp-message"),
            Answers = [File("The response, as the last event of a stream.", "text/event-stream"), .. McpErrors],
        },
        new(
            nameof(Routes.OpenApi), Routes.OpenApi, Methods.Reading,
            (ReferenceEndpoints endpoints, HttpRequest request) => endpoints.OpenApi(request))
        {
            Chapter = Chapter,
            Summary = "This reference for programs, as OpenAPI 3.1",
            Answers = [File("The document.", "application/json")],
        },
        new(
            nameof(Routes.Reference), Routes.Reference, Methods.Reading,
            (ReferenceEndpoints endpoints, HttpRequest request) => endpoints.Reference(request))
        {
            Chapter = Chapter,
            Summary = "This reference for people",
            Answers = [File("The page.", "text/html")],
        },
    ];
}

using System.Text;
using System.Text.Json.Nodes;

namespace OpenData.Api.Reference;

/// <summary>The table of routes as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1).</summary>
internal static class OpenApiDocument
{
    public const string Introduction =
        """
        The read API is the Explore API v2.1, which clients for hundreds of open-data portals speak. Beside it people ask for data, and
        planners read their report.

        All routes answer OPTIONS, and those that take GET answer HEAD; pages of any origin may read. Answers have an ETag and
        Last-Modified, and are compressed for whoever accepts br or gzip.
        X-RateLimit-Limit, -Remaining and -Reset say how many calls are left in the minute. A key, as "Authorization: ApiKey …" or the
        parameter apikey, raises the limit; reading needs none.
        Questions that are too long for a URL go by POST, as a JSON object of the same parameters.
        """;

    /// <summary>The document as UTF-8 JSON.</summary>
    /// <param name="root">The service's address before <c>/api</c>.</param>
    public static byte[] Write(string root)
    {
        var paths = new JsonObject();
        foreach (var path in ApiRoutes.All.GroupBy(route => route.Path))
        {
            var item = new JsonObject();
            foreach (var route in path)
            {
                foreach (var verb in route.Verbs) item[verb.ToLowerInvariant()] = Operation(route, verb);
            }

            paths["/" + path.Key] = item;
        }

        var document = new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "OpenDataServerless",
                ["version"] = "2.1",
                ["description"] = Introduction,
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = root }),
            ["security"] = new JsonArray(
                new JsonObject(), new JsonObject { ["key"] = new JsonArray() }, new JsonObject { ["apikey"] = new JsonArray() }),
            ["tags"] = new JsonArray(
                [.. ApiRoutes.All.Select(route => route.Chapter).Distinct().Select(chapter => new JsonObject { ["name"] = chapter })]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = ApiSchemas.All,
                ["securitySchemes"] = new JsonObject
                {
                    ["key"] = new JsonObject
                    {
                        ["type"] = "apiKey",
                        ["in"] = "header",
                        ["name"] = "Authorization",
                        ["description"] = "ApiKey, a space, and the key.",
                    },
                    ["apikey"] = new JsonObject { ["type"] = "apiKey", ["in"] = "query", ["name"] = "apikey" },
                },
            },
        };
        return Encoding.UTF8.GetBytes(document.ToJsonString(OpenDataJson.Readable));
    }

    private static JsonObject Operation(ApiRoute route, string verb)
    {
        var operation = new JsonObject
        {
            ["operationId"] = route.Verbs.First() == verb
                ? route.Name
                : $"{route.Name}By{char.ToUpperInvariant(verb[0])}{verb[1..].ToLowerInvariant()}",
            ["tags"] = new JsonArray(route.Chapter),
            ["summary"] = route.Summary,
        };
        if (route.Description.Length > 0) operation["description"] = route.Description;
        if (route.Parameters.Count > 0) operation["parameters"] = new JsonArray([.. route.Parameters.Select(Parameter)]);
        if (route.Body is { } body && verb != "GET")
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = Content("application/json", body, route.BodyExample),
            };
        }

        var responses = new JsonObject();
        foreach (var answer in route.Answers.Where(answer => verb == "GET" || answer.Status != 304))
        {
            var response = new JsonObject { ["description"] = answer.Description };
            if (answer.MediaType is { } mediaType) response["content"] = Content(mediaType, answer.Schema, answer.Example);
            responses[$"{answer.Status}"] = response;
        }

        operation["responses"] = responses;
        return operation;
    }

    private static JsonObject Parameter(ApiParameter parameter)
    {
        var schema = new JsonObject { ["type"] = parameter.Type };
        if (parameter.Default is { } otherwise) schema["default"] = otherwise.DeepClone();
        if (parameter.Least is { } least) schema["minimum"] = least;
        if (parameter.Most is { } most) schema["maximum"] = most;
        if (parameter.OneOf is { } values) schema["enum"] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]);
        var described = new JsonObject { ["name"] = parameter.Name, ["in"] = parameter.In, ["description"] = parameter.Description };
        if (parameter.In == "path") described["required"] = true;
        described["schema"] = parameter.Repeats ? new JsonObject { ["type"] = "array", ["items"] = schema } : schema;
        described["example"] = parameter.Repeats ? new JsonArray(parameter.Example.DeepClone()) : parameter.Example.DeepClone();
        return described;
    }

    private static JsonObject Content(string mediaType, string? schema, string? example)
    {
        var content = new JsonObject();
        if (schema is not null) content["schema"] = ApiSchemas.Reference(schema);
        if (example is not null) content["example"] = JsonNode.Parse(example);
        return new JsonObject { [mediaType] = content };
    }
}

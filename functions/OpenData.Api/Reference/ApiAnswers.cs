namespace OpenData.Api.Reference;

/// <summary>The answers that routes share.</summary>
internal static class ApiAnswers
{
    private const string Json = "application/json";

    private static readonly ApiAnswer NotModified =
        new(304, "You have the answer already: its ETag is in your If-None-Match, or nothing has changed since your If-Modified-Since.");
    private static readonly ApiAnswer BadQuestion =
        Error(
            400,
            "A parameter or a clause is wrong; the message says which, where and what was expected.",
            "ODSQLError",
            "ODSQL query is malformed: at offset 0: Unknown field: xx. Clause(s) containing the error(s): where.");
    private static readonly ApiAnswer BadParameter =
        Error(400, "A parameter is wrong.", "InvalidParameter", "limit is '5000': it must be a whole number from 1 to 1000.");
    private static readonly ApiAnswer BadBody =
        Error(
            400,
            "The body is wrong; the message names the member.",
            "InvalidBody",
            "title is 'bus': it must be a text of 5 to 150 characters.");
    private static readonly ApiAnswer UnknownKey =
        Error(
            401,
            "The API key is not known. Reading needs none.",
            "InvalidApiKey",
            "The API key is not known. Reading needs no key: leave it out.");
    private static readonly ApiAnswer NotFound =
        Error(
            404,
            "There is no such thing.",
            "NotFound",
            "There is no dataset 'fires@nfa'. The catalogue is at /api/explore/v2.1/catalog/datasets.");
    private static readonly ApiAnswer NoKey =
        Error(401, "There is no key, or it is not known.", "Unauthorized",
            "Send a key in the header x-agency-key, or as Authorization: ApiKey ….");
    private static readonly ApiAnswer WrongKey =
        Error(403, "The key may not do this.", "Forbidden",
            "Your key may not do this for the agency nfa. docs/publication.md says who may what.");
    private static readonly ApiAnswer TooLarge =
        Error(413, "The body is too large.", "BodyTooLarge", "The body has more than 1048576 bytes.");

    private static readonly ApiAnswer TooMany = new(429, "Too many calls in this minute. Retry-After says how many "
        + "seconds to wait.", Json, nameof(ApiSchemas.RateLimited),
        ApiExamples.Read("rate-limited"));

    private static readonly ApiAnswer Fault =
        Error(
            500,
            "A fault of ours.",
            "InternalError",
            "The request failed on our side. Try again; if it fails again, report the time and the URL.");
    private static readonly ApiAnswer Busy =
        Error(
            503,
            "The statement took too long or too much; or too many exports are running, and Retry-After says when to come back.",
            "QueryTimeout",
            "The statement was stopped after 20 seconds. Ask for less: a filter, fewer groups, a smaller offset; or use the exports "
            + "endpoint, …/exports/csv, which has no such limit.");

    /// <summary>Of a question.</summary>
    public static IReadOnlyList<ApiAnswer> OfQuestion(ApiAnswer good) =>
        [good, NotModified, BadQuestion, UnknownKey, NotFound, TooLarge, TooMany, Fault, Busy];

    /// <summary>Of something that is read.</summary>
    public static IReadOnlyList<ApiAnswer> OfReading(ApiAnswer good) => [good, NotModified, UnknownKey, NotFound, TooMany, Fault];

    /// <summary>Of something that is read with a key.</summary>
    public static IReadOnlyList<ApiAnswer> OfKey(ApiAnswer good) => [good, NoKey, WrongKey, NotFound, TooMany, Fault];

    /// <summary>Of something that is decided with a key.</summary>
    public static IReadOnlyList<ApiAnswer> OfDecision(ApiAnswer good) =>
    [
        good, BadBody, NoKey, WrongKey, NotFound,
        Error(409, "It cannot be done as things are.", "Conflict",
            "'fires@nfa' is not withdrawn: withdraw it first, so that nobody reads it meanwhile."),
        TooLarge, TooMany, Fault,
    ];

    /// <summary>Of something that is listed.</summary>
    public static IReadOnlyList<ApiAnswer> OfList(ApiAnswer good) => [good, BadParameter, UnknownKey, TooMany, Fault];

    /// <summary>Of something that is written.</summary>
    public static IReadOnlyList<ApiAnswer> OfWriting(params ApiAnswer[] good) =>
        [.. good, BadBody, UnknownKey, NotFound, TooLarge, TooMany, Fault];

    /// <summary>Of the Model Context Protocol, besides the stream.</summary>
    public static IReadOnlyList<ApiAnswer> McpErrors =>
    [
        new(202, "A notification was received."),
        Error(400, "The body is no JSON-RPC message.", "InvalidBody", "The body must be one JSON object."),
        UnknownKey, TooLarge, TooMany, Fault,
    ];

    /// <summary>Good, with a body in JSON; <paramref name="example"/> names a file of <see cref="ApiExamples"/>.</summary>
    public static ApiAnswer Ok(string description, string schema, string example, int status = 200) =>
        new(status, description, Json, schema, ApiExamples.Read(example));

    /// <summary>Good, with a file.</summary>
    public static ApiAnswer File(string description, string mediaType) => new(200, description, mediaType);

    /// <summary>An error in the contract's form.</summary>
    public static ApiAnswer Error(int status, string description, string code, string message) =>
        new(
            status,
            description,
            Json,
            nameof(ApiSchemas.Error),
            System.Text.Json.JsonSerializer.Serialize(new { message, error_code = code }, OpenDataJson.Options));
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using OpenData.Access;
using OpenData.Catalog;
using OpenData.Lake;
using OpenData.Planning;
using OpenData.Query.Subjects;

namespace OpenData.Api.Reference;

/// <summary>The shapes of bodies as JSON Schema: where a type of ours is what is written, made of that type.</summary>
internal static class ApiSchemas
{
    public static JsonObject Error =>
        Object(("message", Text("What was wrong, where, and what to do.")), ("error_code", Text("The kind of error.")));

    public static JsonObject RateLimited => Object(
        ("errorcode", Of("integer")),
        ("reset_time", Of("string", "date-time")),
        ("limit_time_unit", Of("string")),
        ("call_limit", Of("integer")),
        ("error", Text("How long to wait.")));

    public static JsonObject Link => Object(("rel", Of("string")), ("href", Of("string", "uri")));

    public static JsonObject Links => Object(("links", List(Reference(nameof(Link)))));

    public static JsonObject Record =>
        new() { ["type"] = "object", ["description"] = "A record: its fields by name, as select shows them." };

    public static JsonObject Records => Page(Reference(nameof(Record)), "How many records the question concerns; not with group_by.");

    public static JsonObject Dataset => Of<DatasetRecord>(CatalogSnapshot.Json);

    public static JsonObject Datasets => Page(Reference(nameof(Dataset)), "How many datasets the question concerns; not with group_by.");

    public static JsonObject FacetValue => Object(
        ("name", Of("string")),
        ("value", Of("string")),
        ("count", Of("integer")),
        ("state", OneOf("displayed", "refined", "excluded")),
        ("facets", List(Reference(nameof(FacetValue)))));

    public static JsonObject Facets =>
        Object(
            ("links", List(Reference(nameof(Link)))),
            ("facets", List(Object(("name", Of("string")), ("facets", List(Reference(nameof(FacetValue))))))));

    public static JsonObject Attachments => Object(("links", List(Reference(nameof(Link)))), ("attachments", List(Object(
        ("href", Of("string", "uri")),
        ("metas", Object(("mime-type", Of("string")), ("title", Of("string")), ("url", Of("string")), ("id", Of("string"))))))));

    public static JsonObject Question => new()
    {
        ["type"] = "object",
        ["description"] = "The parameters of the query string, by the same names; a list where one stands several times. For questions "
            + "too long for a URL.",
    };

    public static JsonObject Health => Object(("status", Of("string")));

    public static JsonObject Uploads => Object(
        ("total_count", new JsonObject { ["type"] = "integer", ["description"] = "How many uploads there are." }),
        ("states", new JsonObject { ["type"] = "object", ["description"] = "How many of them are in which state." }),
        ("results", List(Of<Upload>(OpenDataJson.Options))));

    public static JsonObject Reports => Object(
        ("total_count", Of("integer")),
        ("results", List(Object(("edition", Of("string")), ("url", Of("string")), ("files", List(Of("string")))))),
        ("last_run", Object(("at", Of("string", "date-time")), ("edition", Of("string")), ("failed", Of("boolean")))));

    public static JsonObject Run => Of<ReportSummary>(OpenDataJson.Options);

    public static JsonObject DataRequest => Object(
        ("request_id", Of("string")),
        ("title", Of("string")),
        ("wanted", Of("string")),
        ("purpose", Of("string")),
        ("group", Of("string")),
        ("agency", Of("string")),
        ("opened_at", Of("string", "date-time")),
        ("state", Of("string")),
        ("due_on", Of("string", "date")),
        ("reason", Of("string")),
        ("dataset_id", Of("string")),
        ("candidate", Of("string")),
        ("moderation", Of("string")),
        ("supporters", Of("integer")), ("supporters_fewer_than", Of("integer")), ("changes", List(Of("object"))));

    public static JsonObject DataRequests => Page(Reference(nameof(DataRequest)), "How many requests there are.");

    public static JsonObject NewRequest => Required(
        Object(
            ("title", Sized(5, 150)),
            ("wanted", Sized(10, 2000)),
            ("purpose", Sized(0, 1000)),
            ("group", Text("A group's id in the plan.")),
            ("agency", Text("Whom it is asked of."))),
        "title",
        "wanted",
        "group");

    public static JsonObject Support => Required(Object(("group", Text("A group's id in the plan."))), "group");

    public static JsonObject Supported => Object(("counted", Of("boolean")), ("request", Reference(nameof(DataRequest))));

    public static JsonObject Change => Object(
        ("state", OneOf("extended", "accepted", "refused", "in-mediation", "released")),
        ("reason", Text("Why it is refused.")),
        ("dataset_id", Text("What was released.")),
        ("note", Sized(0, 1000)),
        ("candidate", Text("With the planners' key: the plan's item that it asks for.")),
        ("moderation", Text("With the planners' key: shown, pending or hidden.")),
        ("agency", Text("With the planners' key: the agency that it is addressed to.")));

    public static JsonObject Feedback => Required(
        Object(
            ("kind", OneOf("rating", "problem", "reuse")),
            ("rating", new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 5 }),
            ("text", Sized(0, 2000)),
            ("url", Of("string", "uri"))),
        "kind");

    public static JsonObject Received => Object(("moderation", OneOf("shown", "pending", "hidden")));

    public static JsonObject Waiting => Object(
        ("version", Text("The version that waits.")),
        ("state", OneOf("held", "pending", "scheduled")),
        ("reasons", List(Of<Problem>(OpenDataJson.Options))),
        ("served", Text("The version that is served.")),
        ("rows", Of("integer")),
        ("rows_served", Of("integer")),
        ("changes", List(Of<Problem>(OpenDataJson.Options))),
        ("problems", Of("integer")));

    public static JsonObject Decision => Required(
        Object(
            ("action", OneOf("approve", "refuse", "withdraw", "restore", "purge")),
            ("version", Text("The version that waits; of a withdrawal one version, or nothing for the whole dataset.")),
            ("reason", OneOf("legal-basis", "error", "third-party-rights", "privacy")),
            ("note", Sized(0, 1000))),
        "action");

    public static JsonObject Decided => Object(("dataset_id", Of("string")), ("action", Of("string")), ("version", Of("string")));

    public static JsonObject AuditLines => Page(Of<AuditEntry>(OpenDataJson.Options), "How many lines there are.");

    public static JsonObject McpMessage => Required(
        Object(
            ("jsonrpc", OneOf("2.0")), ("id", Of("integer")), ("method", Text("Such as tools/list or tools/call.")),
            ("params", new JsonObject { ["type"] = "object" })),
        "jsonrpc", "method");

    /// <summary>All of them, by name.</summary>
    public static JsonObject All
    {
        get
        {
            var all = new JsonObject();
            foreach (var schema in typeof(ApiSchemas).GetProperties().Where(property => property.Name != nameof(All)))
            {
                all[schema.Name] = (JsonObject)schema.GetValue(null)!;
            }

            return all;
        }
    }

    /// <summary>Names a schema instead of repeating it.</summary>
    public static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    private static JsonObject Of<T>(JsonSerializerOptions options) =>
        options.GetJsonSchemaAsNode(typeof(T), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true }).AsObject();

    private static JsonObject Of(string type, string? format = null)
    {
        var schema = new JsonObject { ["type"] = type };
        if (format is not null) schema["format"] = format;
        return schema;
    }

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };

    private static JsonObject Sized(int least, int most) => new() { ["type"] = "string", ["minLength"] = least, ["maxLength"] = most };

    private static JsonObject OneOf(params string[] values) =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]) };

    private static JsonObject List(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    private static JsonObject Object(params (string Name, JsonObject Schema)[] members)
    {
        var properties = new JsonObject();
        foreach (var (name, schema) in members) properties[name] = schema;
        return new JsonObject { ["type"] = "object", ["properties"] = properties };
    }

    private static JsonObject Required(JsonObject schema, params string[] names)
    {
        schema["required"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]);
        return schema;
    }

    private static JsonObject Page(JsonObject result, string total) => Object(
        ("total_count", new JsonObject { ["type"] = "integer", ["description"] = total }),
        ("_links", List(Reference(nameof(Link)))),
        ("results", List(result)));
}

using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace OpenData.Api.Mcp;

/// <summary>
/// Checks the arguments of a call against the tool's schema, because the SDK's own error does not say which one is wrong.
/// </summary>
internal static class McpArguments
{
    /// <summary>The tool's error about missing, unknown and mistyped arguments; null if there is none.</summary>
    public static CallToolResult? Check(RequestContext<CallToolRequestParams> context)
    {
        if (context.MatchedPrimitive is not McpServerTool { ProtocolTool: { } tool }) return null;
        var given = context.Params?.Arguments ?? new Dictionary<string, JsonElement>();
        var known = tool.InputSchema.GetProperty("properties").EnumerateObject()
            .ToDictionary(property => property.Name, property => property.Value);
        var required = tool.InputSchema.TryGetProperty("required", out var names)
            ? names.EnumerateArray().Select(name => name.GetString()!).ToList()
            : [];
        var wrong = required.Where(name => !given.ContainsKey(name)).Select(name => $"{name} is missing.")
            .Concat(given.Keys.Where(name => !known.ContainsKey(name)).Select(name => $"There is no argument '{name}'."))
            .Concat(given.Where(one => known.TryGetValue(one.Key, out var schema) && !Fits(one.Value, schema))
                .Select(one => $"{one.Key} must be of the type {TypesOf(known[one.Key])}."))
            .ToList();
        if (wrong.Count == 0) return null;
        var message = $"{string.Join(" ", wrong)} {tool.Name} takes {string.Join(", ", known.Keys)}.";
        return new CallToolResult { IsError = true, Content = [new TextContentBlock { Text = message }] };
    }

    private static bool Fits(JsonElement value, JsonElement schema) =>
        TypesOf(schema) is not { Length: > 0 } types || value.ValueKind switch
        {
            JsonValueKind.String => types.Contains("string", StringComparison.Ordinal),
            JsonValueKind.Number => (types.Contains("integer", StringComparison.Ordinal) && value.TryGetInt32(out _))
                || types.Contains("number", StringComparison.Ordinal),
            JsonValueKind.True or JsonValueKind.False => types.Contains("boolean", StringComparison.Ordinal),
            JsonValueKind.Null => types.Contains("null", StringComparison.Ordinal),
            _ => false,
        };

    // The tools take texts and numbers only.
    private static string TypesOf(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? ""
        : type.ValueKind == JsonValueKind.Array ? string.Join(" or ", type.EnumerateArray().Select(one => one.GetString()))
        : type.GetString()!;
}

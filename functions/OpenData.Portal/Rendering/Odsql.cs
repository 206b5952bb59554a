using OpenData.Query.Language;

namespace OpenData.Portal.Rendering;

/// <summary>Pieces of the query language that pages put together from what a reader has typed.</summary>
internal static class Odsql
{
    /// <summary>A field's name, however it is spelled.</summary>
    public static string Field(string name) => $"`{name}`";

    /// <summary>The condition that a record has words; null without any.</summary>
    public static string? Search(string? words) => string.IsNullOrWhiteSpace(words) ? null : $"search({QuotedText.Of(words)})";

    /// <summary>The address of the same question at the API.</summary>
    /// <param name="path">The API's path from the root.</param>
    /// <param name="parameters">Its parameters; those without a value are left out.</param>
    public static string Address(string path, params IEnumerable<(string Name, string? Value)> parameters)
    {
        var query = string.Join('&', parameters.Where(parameter => parameter.Value is { Length: > 0 })
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }
}

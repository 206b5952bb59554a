namespace OpenData.Query.Compilation;

/// <summary>JSON values that are lists of texts, which are queried as fields with several values.</summary>
internal static class JsonLists
{
    /// <summary>The elements of a JSON list as a list of texts; an empty list for any other value.</summary>
    public static string Texts(string json) =>
        $"(CASE WHEN json_valid({json}) AND json_type({json}) = 'ARRAY' THEN json_extract_string({json}, '$[*]') ELSE CAST([] AS "
        + "VARCHAR[]) END)";
}

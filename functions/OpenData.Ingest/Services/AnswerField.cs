namespace OpenData.Ingest.Services;

/// <summary>One named value of a document, outside the rows that it may hold.</summary>
/// <param name="Path">The names that lead to it, the last one being its own.</param>
/// <param name="Text">What it holds, cut to some hundred characters.</param>
internal sealed record AnswerField(IReadOnlyList<string> Path, string Text)
{
    /// <summary>
    /// Its own name, in lower case and without the signs between its words: <c>resultCode</c> and <c>RESULT_CODE</c> are one.
    /// </summary>
    public string Key { get; } = Plain(Path[^1]);

    /// <summary>A name in lower case and without the signs between its words.</summary>
    public static string Plain(string name) =>
        name
            .Replace("_", "", StringComparison.Ordinal)
            .Replace("-", "", StringComparison.Ordinal)
            .Replace(".", "", StringComparison.Ordinal)
            .ToLowerInvariant();
}

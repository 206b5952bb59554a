namespace OpenData.Query.Language;

/// <summary>Writes what the language's lexer reads.</summary>
public static class QuotedText
{
    /// <summary>A text as a literal between quotes.</summary>
    public static string Of(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}

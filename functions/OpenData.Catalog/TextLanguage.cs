namespace OpenData.Catalog;

/// <summary>Tells a text's language as far as its script does.</summary>
public static class TextLanguage
{
    /// <summary><c>ko</c> where there is Hangul, in which only Korean is written; otherwise null.</summary>
    public static string? Of(string? text) => text.AsSpan().ContainsAnyInRange('\uAC00', '\uD7A3') ? "ko" : null;

    /// <summary>The language of the first of several texts that tells it.</summary>
    public static string? OfFirst(IEnumerable<string?> texts) => texts.Select(Of).FirstOrDefault(language => language is not null);
}

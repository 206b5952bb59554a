namespace OpenData.Disclosure;

/// <summary>Texts of which the shape may be shown and nothing else.</summary>
public static class Masked
{
    /// <summary>A text with a <c>*</c> for each letter and digit.</summary>
    public static string Of(string text) => string.Create(text.Length, text, static (masked, text) =>
    {
        for (var i = 0; i < text.Length; i++) masked[i] = char.IsLetterOrDigit(text[i]) || char.IsSurrogate(text[i]) ? '*' : text[i];
    });
}

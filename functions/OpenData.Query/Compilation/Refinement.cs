using OpenData.Query.Language;

namespace OpenData.Query.Compilation;

/// <summary>A <c>refine</c> or <c>exclude</c> parameter: <c>facet:value</c>.</summary>
/// <param name="Facet">The field.</param>
/// <param name="Value">Its value, of a hierarchy a path.</param>
internal readonly record struct Refinement(string Facet, string Value)
{
    /// <summary>Reads one; both sides may stand in quotes as in a where clause.</summary>
    public static Refinement Read(string text, string clause)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0) throw new QueryException(clause, 0, "Write facet:value.");
        var value = text[(colon + 1)..];
        if (value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0])
        {
            value = value[1..^1].Replace("\\" + text[^1], text[^1..], StringComparison.Ordinal);
        }

        return new Refinement(text[..colon].Trim().Trim('`'), value);
    }
}

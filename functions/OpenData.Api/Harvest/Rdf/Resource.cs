using System.Globalization;
using System.Text;
using System.Xml;

namespace OpenData.Api.Harvest.Rdf;

/// <summary>What a statement says of its subject: another resource, or a literal.</summary>
internal abstract class Node;

/// <summary>A text, a number or a date.</summary>
internal sealed class Literal : Node
{
    /// <param name="text">Its lexical form. What XML cannot hold becomes U+FFFD, so that every serialisation says the same.</param>
    /// <param name="datatype">Its type as a prefixed name; null for a text.</param>
    /// <param name="language">The language of a text, such as <c>ko</c>; null where it is not known.</param>
    public Literal(string text, string? datatype = null, string? language = null)
    {
        Text = Clean(text);
        Datatype = datatype;
        Language = language;
    }

    public string Text { get; }

    public string? Datatype { get; }

    public string? Language { get; }

    private static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '\uD7FF')) return text;
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) clean.Append(text[i]).Append(text[++i]);
            else clean.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
        }

        return clean.ToString();
    }
}

/// <summary>A resource and its statements; a tree of them is a graph, and every serialiser writes the same one.</summary>
/// <param name="iri">Its name, an absolute IRI; null for a blank node, which stands where it is spoken of and nowhere else.</param>
/// <param name="type">Its class as a prefixed name; null if it is not stated here.</param>
internal sealed class Resource(string? iri, string? type = null) : Node
{
    private readonly List<(string Predicate, Node Value)> _statements = [];

    public string? Iri { get; } = iri is null ? null : Escape(iri);

    public string? Type { get; } = type;

    /// <summary>Its statements, by predicates as prefixed names.</summary>
    public IReadOnlyList<(string Predicate, Node Value)> Statements => _statements;

    /// <summary>Whether it has statements here; otherwise it is only referred to.</summary>
    public bool IsDescribed => Type is not null || _statements.Count > 0;

    /// <summary>Says something more; nothing if there is no value.</summary>
    public Resource Add(string predicate, Node? value)
    {
        if (value is not null) _statements.Add((predicate, value));
        return this;
    }

    /// <summary>Says a text.</summary>
    public Resource Add(string predicate, string? text, string? language = null) =>
        Add(predicate, text is null ? null : new Literal(text, null, language));

    /// <summary>Says a moment.</summary>
    public Resource Add(string predicate, DateTimeOffset moment) =>
        Add(predicate, new Literal(moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), "xsd:dateTime"));

    /// <summary>Says it for each of several values.</summary>
    public Resource AddAll(string predicate, IEnumerable<Node> values)
    {
        foreach (var value in values) Add(predicate, value);
        return this;
    }

    // What no IRI may hold, whatever it came from.
    private static string Escape(string iri)
    {
        if (!iri.Any(IsForbidden)) return iri;
        var escaped = new StringBuilder();
        foreach (var rune in iri.EnumerateRunes())
        {
            if (rune.IsBmp && IsForbidden((char)rune.Value)) escaped.Append(Uri.HexEscape((char)rune.Value));
            else escaped.Append(rune);
        }

        return escaped.ToString();
    }

    private static bool IsForbidden(char c) => c is <= ' ' or '<' or '>' or '"' or '{' or '}' or '|' or '\\' or '^' or '`' or '\x7F';
}

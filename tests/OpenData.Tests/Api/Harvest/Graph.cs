using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OpenData.Tests.Api.Harvest;

/// <summary>
/// RDF read back from each of its serialisations, by readers that know nothing of the writers. A graph is the sorted list of its
/// statements; a blank node is written as all that is said of it, in braces, since none is spoken of twice.
/// </summary>
internal static partial class Graph
{
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    public static List<string> OfXml(string text)
    {
        var graph = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var element in XDocument.Parse(text).Root!.Elements()) Subject(element);
        return [.. graph];

        string Subject(XElement element)
        {
            var said = element
                .Elements()
                .Select(property => $"<{property.Name.NamespaceName}{property.Name.LocalName}> {Value(property)}")
                .ToList();
            if (element.Name != XName.Get("Description", Rdf))
            {
                said.Add($"<{Rdf}type> <{element.Name.NamespaceName}{element.Name.LocalName}>");
            }

            if (element.Attribute(XName.Get("about", Rdf))?.Value is not { } iri) return Blank(said);
            graph.UnionWith(said.Select(one => $"<{iri}> {one}"));
            return $"<{iri}>";
        }

        string Value(XElement property)
        {
            if (property.Attribute(XName.Get("resource", Rdf))?.Value is { } iri) return $"<{iri}>";
            if (property.Elements().SingleOrDefault() is { } nested) return Subject(nested);
            return Literal(
                property.Value, property.Attribute(XName.Get("datatype", Rdf))?.Value, property.Attribute(XNamespace.Xml + "lang")?.Value);
        }
    }

    public static List<string> OfJson(string text)
    {
        var graph = new SortedSet<string>(StringComparer.Ordinal);
        var document = JsonSerializer.Deserialize<JsonElement>(text);
        var prefixes = document
            .GetProperty("@context")
            .EnumerateObject()
            .ToDictionary(prefix => prefix.Name, prefix => prefix.Value.GetString()!);
        foreach (var node in document.GetProperty("@graph").EnumerateArray()) Subject(node);
        return [.. graph];

        string Subject(JsonElement node)
        {
            var said = new List<string>();
            foreach (var member in node.EnumerateObject().Where(member => member.Name != "@id"))
            {
                if (member.Name == "@type") said.Add($"<{Rdf}type> <{Expand(member.Value.GetString()!)}>");
                else said.AddRange(Each(member.Value).Select(value => $"<{Expand(member.Name)}> {Value(value)}"));
            }

            if (!node.TryGetProperty("@id", out var iri)) return Blank(said);
            graph.UnionWith(said.Select(one => $"<{iri}> {one}"));
            return $"<{iri}>";
        }

        string Value(JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.String) return Literal(value.GetString()!, null, null);
            return value.TryGetProperty("@value", out var literal)
                ? Literal(
                    literal.GetString()!,
                    value.TryGetProperty("@type", out var type) ? Expand(type.GetString()!) : null,
                    value.TryGetProperty("@language", out var language) ? language.GetString() : null)
                : Subject(value);
        }

        IEnumerable<JsonElement> Each(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];

        string Expand(string name) => prefixes[name.Split(':')[0]] + name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    public static List<string> OfTurtle(string text)
    {
        var graph = new SortedSet<string>(StringComparer.Ordinal);
        var prefixes = new Dictionary<string, string>();
        var tokens = Token().Matches(text).Select(match => match.Value).ToList();
        Assert.Equal(Regex.Replace(text, @"\s", ""), Regex.Replace(string.Concat(tokens), @"\s", "")); // nothing was passed over
        var at = 0;
        while (at < tokens.Count)
        {
            if (tokens[at] == "@prefix")
            {
                prefixes[tokens[at + 1][..^1]] = tokens[at + 2][1..^1];
                at += 4;
                continue;
            }

            var iri = tokens[at++];
            graph.UnionWith(Statements(".").Select(one => $"{iri} {one}"));
        }

        return [.. graph];

        List<string> Statements(string end)
        {
            var said = new List<string>();
            while (true)
            {
                var predicate = tokens[at] == "a" ? $"<{Rdf}type>" : Name(tokens[at]);
                at++;
                said.Add($"{predicate} {Value()}");
                if (tokens[at++] is var separator && separator == end) return said;
                Assert.Equal(";", separator);
            }
        }

        string Value()
        {
            var token = tokens[at++];
            if (token == "[") return Blank(Statements("]"));
            if (token[0] != '"') return Name(token);
            var literal = Escape().Replace(
                token[1..^1], escape => escape.Value switch { "\\n" => "\n", "\\r" => "\r", "\\t" => "\t", var other => other[1..] });
            if (tokens[at].StartsWith('@')) return Literal(literal, null, tokens[at++][1..]);
            return tokens[at] == "^^" ? Literal(literal, Name(tokens[(at += 2) - 1])[1..^1], null) : Literal(literal, null, null);
        }

        string Name(string token) =>
            token[0] == '<' ? token : $"<{prefixes[token.Split(':')[0]]}{token[(token.IndexOf(':', StringComparison.Ordinal) + 1)..]}>";
    }

    private static string Blank(IEnumerable<string> said) => $"{{{string.Join("; ", said.Order(StringComparer.Ordinal))}}}";

    private static string Literal(string text, string? datatype, string? language) =>
        new StringBuilder(JsonSerializer.Serialize(text))
            .Append(datatype is null ? "" : $"^^<{datatype}>")
            .Append(language is null ? "" : $"@{language}")
            .ToString();

    [GeneratedRegex("""@prefix|<[^<>"{}|^`\\\x00-\x20]*>|"(?:[^"\\\n\r]|\\.)*"|@[a-z]+|\^\^|[a-z]*:[A-Za-z0-9_]*|[\[\];.]|\ba\b""")]
    private static partial Regex Token();

    [GeneratedRegex(@"\\.")]
    private static partial Regex Escape();
}

using System.Text.Json;

namespace OpenData.Ingest.Json;

/// <summary>
/// A value of a JSON document, as far as it tells where the records are: what is named, what is repeated, and the first values.
/// </summary>
/// <param name="kind">The token that begins it.</param>
internal sealed class JsonNode(JsonTokenType kind)
{
    /// <summary>Elements of an array that are looked into.</summary>
    public const int MostElements = 4;

    /// <summary>The token that begins it.</summary>
    public JsonTokenType Kind => kind;

    /// <summary>The properties of an object, in file order.</summary>
    public List<(string Name, JsonNode Node)> Properties { get; } = [];

    /// <summary>The first elements of an array.</summary>
    public List<JsonNode> Elements { get; } = [];

    /// <summary>The elements of an array that are objects.</summary>
    public long Objects { get; private set; }

    /// <summary>The elements of an array that are arrays.</summary>
    public long Arrays { get; private set; }

    /// <summary>The elements of an array that are null.</summary>
    public long Nulls { get; private set; }

    /// <summary>The elements of an array that are texts, numbers or truth values.</summary>
    public long Scalars { get; private set; }

    /// <summary>All elements of an array.</summary>
    public long Count => Objects + Arrays + Nulls + Scalars;

    /// <summary>A text, a number or a truth value as it is written, cut to some hundred characters; otherwise null.</summary>
    public string? Text { get; init; }

    /// <summary>Whether this is an object.</summary>
    public bool IsObject => kind == JsonTokenType.StartObject;

    /// <summary>Whether this is an array.</summary>
    public bool IsArray => kind == JsonTokenType.StartArray;

    /// <summary>Whether this is an array whose elements are objects, but for some that are null.</summary>
    public bool IsOfObjects => IsArray && Objects > 0 && Arrays + Scalars == 0;

    /// <summary>Whether this is an array whose elements are arrays, but for some that are null.</summary>
    public bool IsOfArrays => IsArray && Arrays > 0 && Objects + Scalars == 0;

    /// <summary>Whether this is an array of texts, numbers, truth values and null.</summary>
    public bool IsOfScalars => IsArray && Objects + Arrays == 0;

    /// <summary>The property of this name, in any case; null if there is none.</summary>
    public JsonNode? this[string name] => Properties.Find(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Node;

    /// <summary>Counts one more element of an array.</summary>
    public void AddElement(JsonTokenType element)
    {
        switch (element)
        {
            case JsonTokenType.StartObject:
                Objects++;
                break;
            case JsonTokenType.StartArray:
                Arrays++;
                break;
            case JsonTokenType.Null:
                Nulls++;
                break;
            default:
                Scalars++;
                break;
        }
    }

    /// <summary>The value at the end of some steps, or null.</summary>
    public JsonNode? At(IEnumerable<JsonStep> path)
    {
        var node = this;
        foreach (var step in path)
        {
            node = step.Name is { } name
                ? node.Properties.Find(property => property.Name == name).Node
                : step.Index < node.Elements.Count ? node.Elements[step.Index] : null;
            if (node is null) return null;
        }

        return node;
    }
}

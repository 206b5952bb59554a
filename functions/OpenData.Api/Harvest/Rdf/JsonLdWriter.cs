using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenData.Api.Harvest.Rdf;

/// <summary>
/// JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/): one <c>@graph</c>, and a context that holds the prefixes and needs no download.
/// </summary>
internal sealed class JsonLdWriter(Stream output) : GraphWriter, IDisposable
{
    private readonly Utf8JsonWriter _json = new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public override void Begin()
    {
        _json.WriteStartObject();
        _json.WriteStartObject("@context");
        foreach (var (prefix, iri) in Prefixes) _json.WriteString(prefix, iri);
        _json.WriteEndObject();
        _json.WriteStartArray("@graph");
    }

    public override void Write(Resource resource)
    {
        Object(resource);
        _json.Flush();
    }

    public override void End()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
    }

    public void Dispose() => _json.Dispose();

    private void Object(Resource resource)
    {
        _json.WriteStartObject();
        if (resource.Iri is { } iri) _json.WriteString("@id", iri);
        if (resource.Type is { } type) _json.WriteString("@type", type);
        foreach (var said in resource.Statements.GroupBy(statement => statement.Predicate, statement => statement.Value))
        {
            _json.WritePropertyName(said.Key);
            var several = said.Skip(1).Any();
            if (several) _json.WriteStartArray();
            foreach (var value in said) Value(value);
            if (several) _json.WriteEndArray();
        }

        _json.WriteEndObject();
    }

    private void Value(Node value)
    {
        switch (value)
        {
            case Literal { Language: null, Datatype: null } text:
                _json.WriteStringValue(text.Text);
                break;
            case Literal literal:
                _json.WriteStartObject();
                _json.WriteString(literal.Language is null ? "@type" : "@language", literal.Language ?? literal.Datatype);
                _json.WriteString("@value", literal.Text);
                _json.WriteEndObject();
                break;
            case Resource resource:
                Object(resource);
                break;
        }
    }
}

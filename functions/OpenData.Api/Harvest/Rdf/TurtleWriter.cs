using System.Globalization;
using System.Text;

namespace OpenData.Api.Harvest.Rdf;

/// <summary>
/// RDF 1.1 Turtle (https://www.w3.org/TR/turtle/): blank nodes in brackets, everything with a name as a block of its own.
/// </summary>
internal sealed class TurtleWriter(Stream output) : GraphWriter
{
    private readonly StringBuilder _text = new();

    public override void Begin()
    {
        foreach (var (prefix, iri) in Prefixes) _text.Append(CultureInfo.InvariantCulture, $"@prefix {prefix}: <{iri}> .\n");
        Flush();
    }

    public override void Write(Resource resource)
    {
        var blocks = new Queue<Resource>([resource]);
        while (blocks.TryDequeue(out var block))
        {
            _text.Append(CultureInfo.InvariantCulture, $"\n<{block.Iri}>");
            Statements(block, 1, blocks);
            _text.Append(" .\n");
        }

        Flush();
    }

    public override void End()
    {
    }

    private void Statements(Resource resource, int depth, Queue<Resource> blocks)
    {
        var separator = "";
        if (resource.Type is { } type) Next().Append("a ").Append(type);
        foreach (var (predicate, value) in resource.Statements)
        {
            Next().Append(predicate).Append(' ');
            Value(value, depth, blocks);
        }

        StringBuilder Next()
        {
            _text.Append(separator).Append('\n').Append(' ', 2 * depth);
            separator = " ;";
            return _text;
        }
    }

    private void Value(Node value, int depth, Queue<Resource> blocks)
    {
        switch (value)
        {
            case Literal literal:
                _text.Append('"');
                foreach (var c in literal.Text) Character(c);
                _text.Append('"');
                if (literal.Language is { } language) _text.Append('@').Append(language);
                else if (literal.Datatype is { } datatype) _text.Append("^^").Append(datatype);
                break;
            case Resource { Iri: { } iri } named:
                _text.Append('<').Append(iri).Append('>');
                if (named.IsDescribed) blocks.Enqueue(named);
                break;
            case Resource blank:
                _text.Append('[');
                Statements(blank, depth + 1, blocks);
                _text.Append(" ]");
                break;
        }
    }

    private void Character(char c)
    {
        switch (c)
        {
            case '"': _text.Append("\\\""); break;
            case '\\': _text.Append("\\\\"); break;
            case '\n': _text.Append("\\n"); break;
            case '\r': _text.Append("\\r"); break;
            case '\t': _text.Append("\\t"); break;
            default: _text.Append(c); break;
        }
    }

    private void Flush()
    {
        output.Write(Encoding.UTF8.GetBytes(_text.ToString()));
        _text.Clear();
    }
}

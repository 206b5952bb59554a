using System.Text;
using System.Xml;

namespace OpenData.Api.Harvest.Rdf;

/// <summary>RDF 1.1 XML (https://www.w3.org/TR/rdf-syntax-grammar/): the resources that a resource refers to are nested in it.</summary>
internal sealed class RdfXmlWriter : GraphWriter, IDisposable
{
    private readonly XmlWriter _xml;

    public RdfXmlWriter(Stream output) =>
        // Line ends within texts are entities: a parser would make others of them.
        _xml = XmlWriter.Create(
            output,
            new XmlWriterSettings
            {
                Encoding = new UTF8Encoding(false),
                Indent = true,
                NewLineHandling = NewLineHandling.Entitize,
                NewLineChars = "\n",
            });

    public override void Begin()
    {
        _xml.WriteStartElement("rdf", "RDF", Prefixes["rdf"]);
        foreach (var (prefix, iri) in Prefixes) _xml.WriteAttributeString("xmlns", prefix, null, iri);
        _xml.Flush();
    }

    public override void Write(Resource resource)
    {
        Element(resource);
        _xml.Flush();
    }

    public override void End()
    {
        _xml.WriteEndElement();
        _xml.WriteEndDocument();
        _xml.Flush();
    }

    public void Dispose() => _xml.Dispose();

    private void Element(Resource resource)
    {
        Start(resource.Type ?? "rdf:Description");
        if (resource.Iri is { } iri) Attribute("about", iri);
        foreach (var (predicate, value) in resource.Statements) Statement(predicate, value);
        _xml.WriteEndElement();
    }

    private void Statement(string predicate, Node value)
    {
        Start(predicate);
        switch (value)
        {
            case Literal literal:
                if (literal.Language is { } language) _xml.WriteAttributeString("xml", "lang", null, language);
                else if (literal.Datatype is { } datatype) Attribute("datatype", Expand(datatype));
                _xml.WriteString(literal.Text);
                break;
            case Resource { Iri: { } iri, IsDescribed: false }:
                Attribute("resource", iri);
                break;
            case Resource described:
                Element(described);
                break;
        }

        _xml.WriteEndElement();
    }

    private void Start(string name)
    {
        var (prefix, local) = Split(name);
        _xml.WriteStartElement(prefix, local, Prefixes[prefix]);
    }

    private void Attribute(string name, string value) => _xml.WriteAttributeString("rdf", name, Prefixes["rdf"], value);
}

using System.Globalization;
using System.Text;
using System.Xml;
using OpenData.Api.Harvest.Rdf;

namespace OpenData.Api.Harvest;

/// <summary>RSS 2.0 (https://www.rssboard.org/rss-specification): an item a dataset, dated by its data.</summary>
internal sealed class RssWriter(Stream output) : CatalogWriter
{
    private const string Atom = "http://www.w3.org/2005/Atom";

    private readonly XmlWriter _xml =
        XmlWriter.Create(output, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" });

    public override void Begin(HarvestedCatalog catalog)
    {
        _xml.WriteStartElement("rss");
        _xml.WriteAttributeString("version", "2.0");
        _xml.WriteAttributeString("xmlns", "atom", null, Atom);
        _xml.WriteStartElement("channel");
        Element("title", catalog.Title);
        Element("link", catalog.Iri);
        Element("description", catalog.Description);
        _xml.WriteStartElement("atom", "link", Atom);
        _xml.WriteAttributeString("href", $"{catalog.Iri}/exports/rss");
        _xml.WriteAttributeString("rel", "self");
        _xml.WriteAttributeString("type", "application/rss+xml");
        _xml.WriteEndElement();
        Element("lastBuildDate", Moment(catalog.Modified));
        _xml.Flush();
    }

    public override void Write(HarvestedDataset dataset)
    {
        _xml.WriteStartElement("item");
        Element("title", dataset.Title);
        Element("link", dataset.Iri);
        Element("description", dataset.Description);
        foreach (var theme in dataset.Themes) Element("category", theme);
        // A new version is news.
        _xml.WriteStartElement("guid");
        _xml.WriteAttributeString("isPermaLink", "false");
        _xml.WriteString($"{dataset.Iri}?version={dataset.Version}");
        _xml.WriteEndElement();
        Element("pubDate", Moment(dataset.Modified));
        _xml.WriteEndElement();
        _xml.Flush();
    }

    public override void End()
    {
        _xml.WriteEndDocument();
        _xml.Flush();
    }

    protected override void Dispose(bool disposing) => _xml.Dispose();

    private void Element(string name, string text) => _xml.WriteElementString(name, new Literal(text).Text);

    private static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss 'GMT'", CultureInfo.InvariantCulture);
}

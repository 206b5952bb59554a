using OpenData.Api.Harvest.Rdf;

namespace OpenData.Api.Harvest;

/// <summary>One format in which harvesters read the catalogue.</summary>
/// <param name="Name">Its name in the path.</param>
/// <param name="MediaType">Of the answer.</param>
/// <param name="Open">Makes its writer.</param>
/// <param name="Order">What datasets are sorted by if the caller does not say; null for their ids.</param>
internal sealed record HarvestFormat(string Name, string MediaType, Func<Stream, CatalogWriter> Open, string? Order = null)
{
    /// <summary>All of them. <c>dcat</c> and <c>rdf</c> are two names of one: both are what clients of the API ask for.</summary>
    public static IReadOnlyList<HarvestFormat> All { get; } =
    [
        new("dcat", "application/rdf+xml; charset=utf-8", output => new DcatWriter(new RdfXmlWriter(output))),
        new("rdf", "application/rdf+xml; charset=utf-8", output => new DcatWriter(new RdfXmlWriter(output))),
        new("ttl", "text/turtle; charset=utf-8", output => new DcatWriter(new TurtleWriter(output))),
        new("jsonld", "application/ld+json; charset=utf-8", output => new DcatWriter(new JsonLdWriter(output))),
        new("data.json", "application/json; charset=utf-8", output => new DataJsonWriter(output)),
        new("rss", "application/rss+xml; charset=utf-8", output => new RssWriter(output), "modified desc"),
    ];
}

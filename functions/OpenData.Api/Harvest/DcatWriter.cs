using System.Globalization;
using OpenData.Api.Explore;
using OpenData.Api.Harvest.Rdf;
using OpenData.Api.Routing;
using OpenData.Catalog;

namespace OpenData.Api.Harvest;

/// <summary>
/// The catalogue in DCAT-AP 3 (https://semiceu.github.io/DCAT-AP/releases/3.0.0), with its quality in DQV. Whatever is named and has no
/// list that others publish is described, so that a validator knows its class.
/// </summary>
internal sealed class DcatWriter(GraphWriter graph) : CatalogWriter
{
    // What many datasets share is described where it is named first.
    private readonly HashSet<string> _described = new(StringComparer.Ordinal);
    private HarvestedCatalog _catalog = null!;

    public override void Begin(HarvestedCatalog catalog)
    {
        _catalog = catalog;
        graph.Begin();
        var api = new Resource(catalog.Api, "dcat:DataService")
            .Add("dct:title", "Explore API v2.1")
            .Add("dct:description", "Queries of every dataset and of the catalogue, in JSON and other formats.")
            .Add("dcat:endpointURL", Named(catalog.Api))
            .Add("dcat:endpointDescription", Document($"{catalog.Root}/{Routes.OpenApi}"))
            .Add("dct:conformsTo", new Resource("https://help.opendatasoft.com/apis/ods-explore-v2/explore_v2.1.html", "dct:Standard"))
            .Add("dct:publisher", Named(catalog.Iri + "#publisher"));
        graph.Write(new Resource(catalog.Iri, "dcat:Catalog")
            .Add("dct:title", catalog.Title, "en")
            .Add("dct:description", catalog.Description, "en")
            .Add(
                "dct:publisher",
                new Resource(catalog.Iri + "#publisher", "foaf:Agent")
                    .Add("foaf:name", catalog.Publisher, TextLanguage.Of(catalog.Publisher))
                    .Add("foaf:homepage", Document(catalog.Root)))
            .Add("foaf:homepage", Document($"{catalog.Root}/{Routes.Reference}"))
            .Add("dct:modified", catalog.Modified)
            .Add(
                "dcat:themeTaxonomy",
                new Resource(
                    "http://publications.europa.eu/resource/authority/data-theme", "skos:ConceptScheme").Add("dct:title", "Data theme"))
            .Add("dcat:service", api));
        graph.Write(
            Metric(
                "metadata",
                "Points of data.europa.eu's Metadata Quality Assessment, 0 to 405",
                "accessibility, findability, interoperability, reusability, contextuality"));
        graph.Write(Metric("data", "Points for the data itself, 0 to 100", "completeness, validity, uniqueness, freshness"));
        foreach (var format in ExportFormats.All)
        {
            graph.Write(MediaType(format.MediaType.Split(';')[0]).Add("rdfs:label", format.MediaType.Split(';')[0]));
        }
    }

    public override void Write(HarvestedDataset dataset)
    {
        graph.Write(new Resource(_catalog.Iri)
            .Add("dcat:dataset", Dataset(dataset))
            .Add("dcat:record", new Resource(dataset.Iri + "#record", "dcat:CatalogRecord")
                .Add("foaf:primaryTopic", Named(dataset.Iri))
                .Add("dct:conformsTo", Shared("http://data.europa.eu/r5r/", "dct:Standard"))
                .Add("dct:issued", dataset.Issued)
                .Add("dct:modified", dataset.Listed)));
    }

    public override void End() => graph.End();

    protected override void Dispose(bool disposing) => (graph as IDisposable)?.Dispose();

    private Resource Dataset(HarvestedDataset dataset)
    {
        var quality = dataset.Quality;
        return new Resource(dataset.Iri, "dcat:Dataset")
            .Add("dct:identifier", dataset.Id)
            .Add("dct:title", dataset.Title, TextLanguage.Of(dataset.Title))
            .Add("dct:description", dataset.Description, TextLanguage.Of(dataset.Description))
            .Add(
                "dct:publisher",
                new Resource(dataset.PublisherIri, "foaf:Agent").Add("foaf:name", dataset.Publisher, TextLanguage.Of(dataset.Publisher)))
            .Add("dcat:contactPoint", Contact(dataset))
            .AddAll("dcat:keyword", dataset.Keywords.Select(keyword => new Literal(keyword, null, TextLanguage.Of(keyword))))
            .AddAll("dcat:theme", dataset.Themes.Select(Theme))
            .Add("dct:accessRights", Shared(Vocabulary.AccessRight(dataset.AccessRights), "dct:RightsStatement"))
            .Add("dct:language", Shared(Vocabulary.Language(dataset.Language), "dct:LinguisticSystem"))
            .Add("dct:spatial", Spatial(dataset))
            .Add("dct:temporal", Temporal(dataset))
            .Add("dct:accrualPeriodicity", Shared(Vocabulary.Frequency(dataset.Frequency), "dct:Frequency"))
            .Add("dct:issued", dataset.Issued)
            .Add("dct:modified", dataset.Modified)
            .Add("dcat:version", dataset.Version)
            .Add("dcat:landingPage", new Resource(dataset.Iri + "?include_links=true", "foaf:Document"))
            .Add("foaf:page", Document($"{_catalog.Root}/{Routes.Reference}"))
            .Add("dqv:hasQualityMeasurement", Measurement("metadata", quality.MetadataPoints))
            .Add("dqv:hasQualityMeasurement", Measurement("data", quality.DataPoints))
            .AddAll("dcat:distribution", dataset.Distributions.Select(distribution => Distribution(dataset, distribution)))
            .Add("dcat:distribution", dataset.ShowsRecords ? Records(dataset) : null);
    }

    private Resource Distribution(HarvestedDataset dataset, HarvestedDistribution distribution) =>
        new Resource(distribution.Iri, "dcat:Distribution")
        .Add("dct:title", distribution.Title, TextLanguage.Of(distribution.Title))
        .Add("dct:description", distribution.Description, "en")
        .Add("dcat:accessURL", Named(distribution.AccessUrl))
        .Add("dcat:downloadURL", Named(distribution.Iri))
        .Add("dcat:mediaType", MediaType(distribution.MediaType))
        .Add("dct:format", Shared(Vocabulary.FileType(distribution.Format), "dct:MediaTypeOrExtent"))
        .Add("dcat:compressFormat", distribution.Format.EndsWith(".gz", StringComparison.Ordinal) ? MediaType("application/gzip") : null)
        .Add(
            "dcat:byteSize",
            distribution.Bytes is { } bytes ? new Literal(bytes.ToString(CultureInfo.InvariantCulture), "xsd:nonNegativeInteger") : null)
        .Add("spdx:checksum", distribution.Sha256 is { } sha256
            ? new Resource(null, "spdx:Checksum")
                .Add("spdx:algorithm", Shared("http://spdx.org/rdf/terms#checksumAlgorithm_sha256", "spdx:ChecksumAlgorithm"))
                .Add("spdx:checksumValue", new Literal(sha256, "xsd:hexBinary"))
            : null)
        .Add("dct:modified", dataset.Modified)
        .Add("dct:license", License(dataset))
        .Add("dct:rights", Rights(dataset));

    // The API is a way to the data as well.
    private Resource Records(HarvestedDataset dataset) => new Resource(dataset.Iri + "/records", "dcat:Distribution")
        .Add("dct:title", $"{dataset.Title} (API)", TextLanguage.Of(dataset.Title))
        .Add("dct:description", "The records that a question concerns, page by page.", "en")
        .Add("dcat:accessURL", Named(dataset.Iri + "/records"))
        .Add("dcat:accessService", Named(_catalog.Api))
        .Add("dcat:mediaType", MediaType("application/json"))
        .Add("dct:format", Shared(Vocabulary.FileType("json"), "dct:MediaTypeOrExtent"))
        .Add("dct:modified", dataset.Modified)
        .Add("dct:license", License(dataset))
        .Add("dct:rights", Rights(dataset));

    // A licence that has no page has no name but what the agency calls it.
    private Resource? License(HarvestedDataset dataset) => dataset.License is not { } license ? null
        : Shared(Vocabulary.License(license), "dct:LicenseDocument") ?? new Resource(null, "dct:LicenseDocument").Add("dct:title", license);

    private static Resource? Rights(HarvestedDataset dataset) => dataset.Rights is not { } rights ? null
        : new Resource(null, "dct:RightsStatement").Add("rdfs:label", rights, TextLanguage.Of(rights));

    private static Resource? Contact(HarvestedDataset dataset) => dataset.Contact is not { } contact ? null
        : new Resource(null, "vcard:Kind")
            .Add("vcard:fn", contact, TextLanguage.Of(contact))
            .Add("vcard:hasEmail", dataset.Email is { } email ? Named("mailto:" + email) : null)
            .Add("vcard:hasURL", Vocabulary.Address(contact) is { } url ? Named(url) : null);

    // A theme in the agency's own words is a concept of this catalogue.
    private Resource Theme(string theme)
    {
        var iri = Vocabulary.Theme(theme) ?? $"{_catalog.Iri}#theme-{Uri.EscapeDataString(theme)}";
        if (_described.Contains(iri)) return Named(iri);
        var name = Vocabulary.ThemeName(theme);
        return Shared(iri, "skos:Concept")!.Add("skos:prefLabel", name ?? theme, name is null ? TextLanguage.Of(theme) : "en");
    }

    private static Resource? Spatial(HarvestedDataset dataset)
    {
        if (Vocabulary.Address(dataset.Spatial) is { } iri) return new Resource(iri, "dct:Location");
        if (dataset.Spatial is null && dataset.Box is null) return null;
        return new Resource(null, "dct:Location")
            .Add("skos:prefLabel", dataset.Spatial, dataset.Spatial is null ? null : TextLanguage.Of(dataset.Spatial))
            .Add("dcat:bbox", dataset.Box is var (west, south, east, north)
                ? new Literal($"POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))", "gsp:wktLiteral")
                : null);
    }

    private static Resource? Temporal(HarvestedDataset dataset)
    {
        return dataset.Temporal is not var (start, end)
            ? null
            : new Resource(null, "dct:PeriodOfTime").Add("dcat:startDate", Moment(start)).Add("dcat:endDate", Moment(end));

        static Literal? Moment(string? text) => text switch
        {
            null => null,
            { Length: 4 } => new Literal(text, "xsd:gYear"),
            { Length: 7 } => new Literal(text, "xsd:gYearMonth"),
            { Length: 10 } => new Literal(text, "xsd:date"),
            _ => new Literal(text, "xsd:dateTime"),
        };
    }

    private Resource Measurement(string metric, double points) => new Resource(null, "dqv:QualityMeasurement")
        .Add("dqv:isMeasurementOf", Named($"{_catalog.Iri}#quality-{metric}"))
        .Add("dqv:value", new Literal(points.ToString(CultureInfo.InvariantCulture), "xsd:decimal"));

    private Resource Metric(string metric, string label, string dimensions) =>
        new Resource($"{_catalog.Iri}#quality-{metric}", "dqv:Metric")
        .Add("skos:prefLabel", label, "en")
        .Add("skos:definition", $"The sum of the points for {dimensions}.", "en")
        .Add("dqv:expectedDataType", Named("http://www.w3.org/2001/XMLSchema#decimal"));

    private Resource MediaType(string mediaType) => Shared(Vocabulary.MediaType(mediaType), "dct:MediaType")!;

    private Resource Document(string address) => Shared(address, "foaf:Document")!;

    private Resource? Shared(string? iri, string type) => iri is null ? null
        : _described.Add(iri) ? new Resource(iri, type).Add("skos:inScheme", Vocabulary.List(iri) is { } list ? Named(list) : null)
        : Named(iri);

    private static Resource Named(string iri) => new(iri);
}

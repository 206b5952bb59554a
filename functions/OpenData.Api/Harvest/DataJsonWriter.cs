using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenData.Catalog;

namespace OpenData.Api.Harvest;

/// <summary>
/// DCAT-US: Project Open Data's <c>data.json</c>, version 1.1 (https://resources.data.gov/resources/dcat-us). The codes of federal bureaus
/// and programs are left out; so is a contact's address where the agency gave none.
/// </summary>
internal sealed class DataJsonWriter(Stream output) : CatalogWriter
{
    private const string Schema = "https://project-open-data.cio.gov/v1.1/schema";

    private readonly Utf8JsonWriter _json = new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public override void Begin(HarvestedCatalog catalog)
    {
        _json.WriteStartObject();
        _json.WriteString("@context", $"{Schema}/catalog.jsonld");
        _json.WriteString("@id", $"{catalog.Iri}/exports/data.json");
        _json.WriteString("@type", "dcat:Catalog");
        _json.WriteString("conformsTo", Schema);
        _json.WriteString("describedBy", $"{Schema}/catalog.json");
        _json.WriteStartArray("dataset");
        _json.Flush();
    }

    public override void Write(HarvestedDataset dataset)
    {
        _json.WriteStartObject();
        _json.WriteString("@type", "dcat:Dataset");
        _json.WriteString("identifier", dataset.Iri);
        _json.WriteString("title", dataset.Title);
        _json.WriteString("description", dataset.Description);
        // At least one is demanded: what else people look for is the title.
        Texts("keyword", dataset.Keywords is [] ? [dataset.Title] : dataset.Keywords);
        _json.WriteString("issued", Moment(dataset.Issued));
        _json.WriteString("modified", Moment(dataset.Modified));
        _json.WriteStartObject("publisher");
        _json.WriteString("@type", "org:Organization");
        _json.WriteString("name", dataset.Publisher);
        _json.WriteEndObject();
        _json.WriteStartObject("contactPoint");
        _json.WriteString("@type", "vcard:Contact");
        _json.WriteString("fn", dataset.Contact ?? dataset.Publisher);
        Text("hasEmail", dataset.Email is { } email ? "mailto:" + email : null);
        _json.WriteEndObject();
        _json.WriteString(
            "accessLevel",
            dataset.AccessRights switch
            {
                AccessRights.Restricted => "restricted public",
                AccessRights.NonPublic => "non-public",
                _ => "public",
            });
        Text("rights", dataset.Rights is { Length: > 255 } long_ ? long_[..254] + "…" : dataset.Rights);
        Text("license", Vocabulary.LicensePage(dataset.License));
        Text("spatial", dataset.Spatial ?? (dataset.Box is var (west, south, east, north) ? $"{west},{south},{east},{north}" : null));
        Text("temporal", dataset.Temporal is ({ } start, { } end) ? $"{start}/{end}" : null);
        Text("accrualPeriodicity", Vocabulary.Period(dataset.Frequency));
        if (dataset.Language is { } language) Texts("language", [language]);
        if (dataset.Themes is not []) Texts("theme", dataset.Themes.Distinct());
        _json.WriteString("landingPage", dataset.Iri + "?include_links=true");
        _json.WriteStartArray("distribution");
        foreach (var distribution in dataset.Distributions)
        {
            _json.WriteStartObject();
            _json.WriteString("@type", "dcat:Distribution");
            _json.WriteString("title", distribution.Title);
            _json.WriteString("description", distribution.Description);
            _json.WriteString("format", distribution.Format);
            _json.WriteString("mediaType", distribution.MediaType);
            _json.WriteString("downloadURL", distribution.Iri);
            _json.WriteEndObject();
        }

        if (dataset.ShowsRecords)
        {
            _json.WriteStartObject();
            _json.WriteString("@type", "dcat:Distribution");
            _json.WriteString("title", $"{dataset.Title} (API)");
            _json.WriteString("format", "API");
            _json.WriteString("accessURL", dataset.Iri + "/records");
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
    }

    public override void End()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
    }

    protected override void Dispose(bool disposing) => _json.Dispose();

    private static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private void Text(string name, string? text)
    {
        if (text is not null) _json.WriteString(name, text);
    }

    private void Texts(string name, IEnumerable<string> texts)
    {
        _json.WriteStartArray(name);
        foreach (var text in texts.Where(text => text.Length > 0)) _json.WriteStringValue(text);
        _json.WriteEndArray();
    }
}

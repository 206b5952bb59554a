using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenData.Api.Explore;
using OpenData.Catalog;
using OpenData.Catalog.Quality;
using OpenData.Lake;
using OpenData.Query.Subjects;

namespace OpenData.Api.Harvest;

/// <summary>A file or an address at which a dataset's data is had.</summary>
/// <param name="Iri">Its name: the address it is downloaded from.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Description">What it is, in English.</param>
/// <param name="Format">Our name of its format, such as <c>csv</c>.</param>
/// <param name="MediaType">Its media type, without parameters.</param>
/// <param name="AccessUrl">The address that leads to it.</param>
/// <param name="Bytes">Its size; null for what is made when it is asked for.</param>
/// <param name="Sha256">The SHA-256 of its bytes, lower-case hexadecimal; null as for its size.</param>
internal sealed record HarvestedDistribution(
    string Iri, string Title, string Description, string Format, string MediaType, string AccessUrl, long? Bytes, string? Sha256);

/// <summary>
/// The metadata that harvesters get, whatever the format: what the agency declared, else what follows from the data.
/// </summary>
internal sealed partial class HarvestedDataset(ServedDataset dataset, string catalogIri, DateTimeOffset now)
{
    /// <summary>The dataset's name, and the address of its description.</summary>
    public string Iri { get; } = $"{catalogIri}/datasets/{Escape(dataset.Entry.Id)}";

    public string Id => dataset.Version.DatasetId;

    public string Title => dataset.Entry.Title;

    /// <summary>What it is. DCAT-AP demands a description; where the agency gave none, the fields are told.</summary>
    public string Description => dataset.Entry.Metadata.Description ?? Contents;

    /// <summary>What is in it, told from the data.</summary>
    public string Contents =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Title}: {dataset.Rows} records with the fields {string.Join(", ", Fields.Select(one => one.Label))}.");

    /// <summary><c>ko</c> if what is said of it or a field's header is written in Hangul; otherwise the language is not known.</summary>
    public string? Language => TextLanguage.OfFirst([Title, Description, .. dataset.Version.Fields.Select(one => one.Label)]);

    public IReadOnlyList<string> Keywords => dataset.Entry.Metadata.Keyword;

    public IReadOnlyList<string> Themes => dataset.Entry.Metadata.Theme;

    public string? License => dataset.Entry.Metadata.License;

    public string? Rights => dataset.Entry.Metadata.Rights;

    /// <summary>Who may read it, by the platform's decision and not by the agency's words.</summary>
    public AccessRights AccessRights => dataset.Entry.Access.Rights;

    /// <summary>Whether everybody may read its records; otherwise it has no distribution.</summary>
    public bool ShowsRecords => dataset.ShowsRecords;

    public string? Contact => dataset.Entry.Metadata.Contact;

    /// <summary>The contact's e-mail address, if that is what the contact is.</summary>
    public string? Email => Contact is { } contact && EmailAddress().IsMatch(contact) ? contact : null;

    public string? Spatial => dataset.Entry.Metadata.Spatial;

    public string? Frequency => dataset.Entry.Metadata.UpdateFrequency;

    public string Publisher => dataset.Entry.Publisher;

    /// <summary>The publishing agency's name in the graph.</summary>
    public string PublisherIri { get; } = $"{catalogIri}#agency-{Uri.EscapeDataString(dataset.Entry.Id.Agency)}";

    public string Version => dataset.Version.Version;

    /// <summary>When its first rows that are still there were dropped.</summary>
    public DateTimeOffset Issued => dataset.Version.EarlierSources.Append(dataset.Version.Source).First().DroppedAt;

    /// <summary>When its last rows were dropped.</summary>
    public DateTimeOffset Modified => dataset.Version.Source.DroppedAt;

    /// <summary>When its entry in the catalogue was made.</summary>
    public DateTimeOffset Listed => dataset.Version.ProcessedAt;

    /// <summary>Its fields, but for points: they say again what stands in two of the others.</summary>
    public IEnumerable<Field> Fields => dataset.Version.Fields.Where(one => one.Type != FieldType.GeoPoint);

    /// <summary>How good it is.</summary>
    public QualityScore Quality => dataset.Quality(now);

    /// <summary>
    /// The time that the data covers, each end as a year, a month, a day or a moment, or null where it is open: as declared, otherwise from
    /// the least to the greatest value of the first field of dates. Null if neither is known.
    /// </summary>
    public (string? Start, string? End)? Temporal
    {
        get
        {
            if (dataset.Entry.Metadata.Temporal is { } declared)
            {
                return declared.Split('/') is [var start, var end]
                    && (Moment().IsMatch(start) || start is "" or "..") && (Moment().IsMatch(end) || end is "" or "..")
                    ? (start is "" or ".." ? null : start, end is "" or ".." ? null : end)
                    : Moment().IsMatch(declared) ? (declared, declared) : null;
            }

            var dates = dataset.Version.Fields.FirstOrDefault(one => one.Type is FieldType.Date or FieldType.DateTime or FieldType.Instant);
            return dates is not null && Bounds(dates.Name) is ({ Length: >= 10 } least, { Length: >= 10 } greatest)
                ? (least[..10], greatest[..10])
                : null;
        }
    }

    /// <summary>The box around its points, in degrees; null if it has none, or if they are texts, whose bounds say nothing.</summary>
    public (string West, string South, string East, string North)? Box =>
        dataset.Version.Fields.FirstOrDefault(one => one.Type == FieldType.GeoPoint) is { Latitude: { } latitude, Longitude: { } longitude }
        && latitude != longitude && Bounds(latitude) is ({ } south, { } north) && Bounds(longitude) is ({ } west, { } east)
            ? (west, south, east, north)
            : null;

    /// <summary>The files it comes in: as it was dropped, and each format that is made of it.</summary>
    public IEnumerable<HarvestedDistribution> Distributions
    {
        get
        {
            if (!ShowsRecords) yield break;
            var source = dataset.Version.Source;
            var original = AttachmentRecord.Of(source);
            yield return new HarvestedDistribution(
                $"{Iri}/attachments/{Uri.EscapeDataString(original.Id)}",
                original.Title,
                "The file as the agency dropped it.",
                source.Format,
                original.Mimetype,
                $"{Iri}/attachments",
                source.Bytes,
                source.Sha256);
            foreach (var format in ExportFormats.OfDataset(dataset))
            {
                yield return new HarvestedDistribution(
                    $"{Iri}/exports/{format.Name}",
                    $"{Title} ({format.Name})",
                    $"All records as {format.Name}.",
                    format.Name,
                    format.MediaType.Split(';')[0],
                    $"{Iri}/exports",
                    null,
                    null);
            }
        }
    }

    // Of an id's characters only letters beyond ASCII need it.
    private static string Escape(DatasetId id) => $"{Uri.EscapeDataString(id.Dataset)}@{Uri.EscapeDataString(id.Agency)}";

    // Where rows were added to others, the profile speaks of the last drop alone; and what a field holds is told to its readers only.
    private (string? Least, string? Greatest) Bounds(string field)
    {
        if (!ShowsRecords || dataset.Version.EarlierSources.Count > 0) return (null, null);
        var found = dataset.Version.FieldProfiles().FirstOrDefault(
            one => one.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String && name.GetString() == field);
        return found.ValueKind == JsonValueKind.Object ? (Text("min"), Text("max")) : (null, null);

        string? Text(string name) =>
            found.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    [GeneratedRegex(@"^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$")]
    private static partial Regex EmailAddress();

    [GeneratedRegex(@"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-]\d\d:\d\d)?)?)?)?$")]
    private static partial Regex Moment();
}

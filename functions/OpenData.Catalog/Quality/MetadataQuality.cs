using OpenData.Lake;

namespace OpenData.Catalog.Quality;

/// <summary>
/// Measures what is said about a dataset by the indicators and weights of data.europa.eu's Metadata Quality Assessment
/// (data.europa.eu/mqa/methodology). What the platform itself gives every published dataset (addresses that answer, formats, sizes, dates)
/// counts once there is a version.
/// </summary>
internal static class MetadataQuality
{
    /// <summary>The sum of all weights.</summary>
    public const double MostPoints = 405;

    /// <summary>Licences that have an entry in the EU's licence list or are the Korea Open Government Licence.</summary>
    private static readonly string[] KnownLicenses =
        ["CC0", "CC-BY", "CC BY", "KOGL", "공공누리", "ODC", "ODBL", "PDDL", "MIT", "APACHE", "GPL", "EUPL"];

    public static IReadOnlyList<QualityMeasure> Of(DatasetMetadata metadata, DatasetVersion? version)
    {
        var published = version is not null;
        var point = version?.Fields.Any(field => field.Type == FieldType.GeoPoint) ?? false;
        var license = metadata.License;
        return
        [
            Measure("findability", "keyword", 30, metadata.Keyword.Count > 0, "Add 'keyword' to dataset.json."),
            Measure("findability", "theme", 30, metadata.Theme.Count > 0, "Add 'theme' to dataset.json."),
            Measure(
                "findability",
                "spatial",
                20,
                metadata.Spatial is not null || point,
                "Add 'spatial' to dataset.json: the area that the data covers."),
            Measure(
                "findability",
                "temporal",
                20,
                metadata.Temporal is not null,
                "Add 'temporal' to dataset.json: the time that the data covers."),
            Measure("accessibility", "access_url", 50, published, Publish),
            Measure("accessibility", "download_url", 20, published, Publish),
            Measure("accessibility", "download_url_answers", 30, published, Publish),
            Measure("interoperability", "format", 20, published, Publish),
            Measure("interoperability", "media_type", 10, published, Publish),
            Measure("interoperability", "format_in_vocabulary", 10, published, Publish),
            Measure("interoperability", "non_proprietary", 20, published, Publish),
            Measure("interoperability", "machine_readable", 20, published, Publish),
            Measure(
                "interoperability",
                "dcat_ap",
                30,
                metadata.Title is not null && metadata.Description is not null,
                "Add 'title' and 'description' to dataset.json: DCAT-AP demands them."),
            Measure("reusability", "license", 20, license is not null, "Add 'license' to dataset.json."),
            Measure(
                "reusability",
                "license_in_vocabulary",
                10,
                license is not null && IsKnown(license),
                "Use a known licence, such as KOGL-1 or CC-BY-4.0, or its URL."),
            Measure(
                "reusability",
                "access_rights",
                10,
                metadata.AccessRights is not null,
                "Add 'access_rights' to dataset.json, such as 'public'."),
            Measure(
                "reusability",
                "access_rights_in_vocabulary",
                5,
                metadata.AccessRights is "public" or "restricted" or "non_public",
                "Let 'access_rights' be public, restricted or non_public."),
            Measure("reusability", "contact", 20, metadata.Contact is not null, "Add 'contact' to dataset.json."),
            Measure("reusability", "publisher", 10, metadata.Publisher is not null, "Add 'publisher' to dataset.json."),
            Measure(
                "contextuality",
                "rights",
                5,
                metadata.Rights is not null,
                "Add 'rights' to dataset.json: what else users have to heed, or that there is nothing."),
            Measure("contextuality", "byte_size", 5, published, Publish),
            Measure("contextuality", "issued", 5, published, Publish),
            Measure("contextuality", "modified", 5, published, Publish),
        ];
    }

    private const string Publish = "Upload the data.";

    private static QualityMeasure Measure(string dimension, string name, double weight, bool reached, string missing) =>
        new(dimension, name, reached ? weight : 0, weight, reached ? null : missing);

    private static bool IsKnown(string license) =>
        Uri.TryCreate(license, UriKind.Absolute, out _)
            || KnownLicenses.Any(known => license.StartsWith(known, StringComparison.OrdinalIgnoreCase));
}

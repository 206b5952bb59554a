using OpenData.Lake;

namespace OpenData.Catalog.Quality;

/// <summary>
/// Measures the data of a version. Completeness 30: the share of cells that have a value. Validity 30: the share of rows without a warning
/// or an error. Uniqueness 20: the share of rows whose key no other row has; 0 if no key is declared. Freshness 20: whole while the data is
/// no older than its declared update frequency allows, falling to 0 at four times that; 0 if none is declared.
/// </summary>
public static class DataQuality
{
    /// <summary>The sum of all weights.</summary>
    public const double MostPoints = 100;

    /// <summary>Scores a dataset's data at a point in time, from its metadata and what was measured of its version.</summary>
    public static IReadOnlyList<QualityMeasure> Of(
        DatasetMetadata metadata, DatasetVersion? version, DataMeasures measures, DateTimeOffset now) =>
    [
        Measure(
            "completeness",
            30,
            measures.Completeness,
            "Fill in the cells that have no value, or leave out the columns that never have one."),
        Measure("validity", 30, measures.Validity, "Mend the rows that the problem report names."),
        Measure("uniqueness", 20, measures.Uniqueness, "Declare 'ingest.key' in dataset.json, and let no two rows share one."),
        Measure("freshness", 20, Freshness(metadata, version, now), "Declare 'update_frequency' in dataset.json, and upload as often."),
    ];

    private static QualityMeasure Measure(string name, double weight, double share, string missing) =>
        new("data", name, Math.Round(weight * share, 2), weight, share >= 1 ? null : missing);

    private static double Freshness(DatasetMetadata metadata, DatasetVersion? version, DateTimeOffset now)
    {
        if (version is null || UpdateFrequency.Allowed(metadata.UpdateFrequency) is not { } allowed) return 0;
        var age = (now - version.Source.DroppedAt).TotalDays;
        return age <= allowed ? 1 : Math.Max(0, 1 - ((age - allowed) / (3 * allowed)));
    }
}

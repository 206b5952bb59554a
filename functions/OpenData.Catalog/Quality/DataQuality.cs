using System.Text.Json;
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

    /// <summary>Scores a dataset's data at a point in time, from its metadata and the profile of the version that is served.</summary>
    public static IReadOnlyList<QualityMeasure> Of(DatasetMetadata metadata, DatasetVersion? version, DateTimeOffset now) =>
    [
        Measure(
            "completeness",
            30,
            Completeness(version),
            "Fill in the cells that have no value, or leave out the columns that never have one."),
        Measure("validity", 30, Validity(version), "Mend the rows that the problem report names."),
        Measure("uniqueness", 20, Uniqueness(metadata, version), "Declare 'ingest.key' in dataset.json, and let no two rows share one."),
        Measure("freshness", 20, Freshness(metadata, version, now), "Declare 'update_frequency' in dataset.json, and upload as often."),
    ];

    private static QualityMeasure Measure(string name, double weight, double share, string missing) =>
        new("data", name, Math.Round(weight * share, 2), weight, share >= 1 ? null : missing);

    private static double Completeness(DatasetVersion? version)
    {
        if (version is null || version.Rows == 0 || Fields(version) is not { Count: > 0 } fields) return 0;
        var rows = ProfiledRows(version);
        var nulls = fields.Sum(
            field => field.TryGetProperty("nulls", out var count)
                && count.ValueKind == JsonValueKind.Number && count.TryGetInt64(out var value)
                ? value
                : 0);
        return Share((rows * fields.Count) - nulls, rows * fields.Count);
    }

    private static double Validity(DatasetVersion? version)
    {
        if (version is null || version.Rows == 0) return 0;
        // Problems beyond the bound are counted and not kept: of them we know no severity, and take the share of those that are.
        var kept = version.Problems.Count;
        var bad = version.Problems.Count(problem => problem.Severity != Severity.Note);
        var all = kept == 0 ? version.ProblemCount : (double)bad / kept * version.ProblemCount;
        return Share(ProfiledRows(version) - all, ProfiledRows(version));
    }

    private static double Uniqueness(DatasetMetadata metadata, DatasetVersion? version)
    {
        if (version is null || version.Rows == 0 || metadata.Ingest?.Key is not { Count: > 0 } key) return 0;
        // A key is at least as distinct as the most distinct of its columns; the profile's counts are estimates within a few percent.
        var labels = version.Fields
            .Where(field => key.Contains(field.Label) || key.Contains(field.Name))
            .Select(field => field.Name)
            .ToHashSet();
        var distinct = Fields(version)
            .Where(
                field => field.TryGetProperty("name", out var name)
                    && name.ValueKind == JsonValueKind.String && labels.Contains(name.GetString() ?? ""))
            .Select(
                field => field.TryGetProperty("distinct", out var count)
                    && count.ValueKind == JsonValueKind.Number && count.TryGetDouble(out var value)
                    ? value
                    : 0)
            .DefaultIfEmpty(0).Max();
        var share = Share(distinct, ProfiledRows(version));
        return share >= 0.97 ? 1 : share;
    }

    private static double Freshness(DatasetMetadata metadata, DatasetVersion? version, DateTimeOffset now)
    {
        if (version is null || UpdateFrequency.Allowed(metadata.UpdateFrequency) is not { } allowed) return 0;
        var age = (now - version.Source.DroppedAt).TotalDays;
        return age <= allowed ? 1 : Math.Max(0, 1 - ((age - allowed) / (3 * allowed)));
    }

    // Where a drop's rows were added to others, profile and problems describe that drop alone.
    private static long ProfiledRows(DatasetVersion version) => version.Source.Rows > 0 ? version.Source.Rows : version.Rows;

    private static List<JsonElement> Fields(DatasetVersion version) =>
        version.Profile is { ValueKind: JsonValueKind.Object } profile
            && profile.TryGetProperty("fields", out var fields) && fields.ValueKind == JsonValueKind.Array
            ? [.. fields.EnumerateArray().Where(field => field.ValueKind == JsonValueKind.Object)]
            : [];

    private static double Share(double part, double whole) => Math.Clamp(part / whole, 0, 1);
}

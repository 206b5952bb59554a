using System.Text.Json;
using OpenData.Lake;

namespace OpenData.Catalog;

/// <summary>
/// What was measured of a version's data, each as a share, 0 to 1; <see cref="Quality.DataQuality"/> says what each of them is.
/// </summary>
/// <param name="Completeness">The share of cells that have a value.</param>
/// <param name="Validity">The share of rows without a warning or an error.</param>
/// <param name="Uniqueness">The share of rows whose key no other row has.</param>
public sealed record DataMeasures(double Completeness, double Validity, double Uniqueness)
{
    /// <summary>Measures a version by its profile; all is 0 if none is served.</summary>
    public static DataMeasures Of(DatasetMetadata metadata, DatasetVersion? version) =>
        new(CompletenessOf(version), ValidityOf(version), UniquenessOf(metadata, version));

    private static double CompletenessOf(DatasetVersion? version)
    {
        if (version is null || version.Rows == 0 || version.FieldProfiles().ToList() is not { Count: > 0 } fields) return 0;
        var rows = ProfiledRows(version);
        var nulls = fields.Sum(
            field => field.TryGetProperty("nulls", out var count)
                && count.ValueKind == JsonValueKind.Number && count.TryGetInt64(out var value)
                ? value
                : 0);
        return Share((rows * fields.Count) - nulls, rows * fields.Count);
    }

    private static double ValidityOf(DatasetVersion? version)
    {
        if (version is null || version.Rows == 0) return 0;
        // Problems beyond the bound are counted and not kept: of them we know no severity, and take the share of those that are.
        var kept = version.Problems.Count;
        var bad = version.Problems.Count(problem => problem.Severity != Severity.Note);
        var all = kept == 0 ? version.ProblemCount : (double)bad / kept * version.ProblemCount;
        return Share(ProfiledRows(version) - all, ProfiledRows(version));
    }

    private static double UniquenessOf(DatasetMetadata metadata, DatasetVersion? version)
    {
        if (version is null || version.Rows == 0 || metadata.Ingest?.Key is not { Count: > 0 } key) return 0;
        // A key is at least as distinct as the most distinct of its columns; the profile's counts are estimates within a few percent.
        var labels = version.Fields
            .Where(field => key.Contains(field.Label) || key.Contains(field.Name))
            .Select(field => field.Name)
            .ToHashSet();
        var distinct = version.FieldProfiles()
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

    // Where a drop's rows were added to others, profile and problems speak of that drop alone.
    private static long ProfiledRows(DatasetVersion version) => version.Source.Rows > 0 ? version.Source.Rows : version.Rows;

    private static double Share(double part, double whole) => Math.Clamp(part / whole, 0, 1);
}

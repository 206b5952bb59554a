using System.Text.Json;
using OpenData.Query.Subjects;

namespace OpenData.Portal.Datasets;

/// <summary>Reads what a version's profile says of its fields.</summary>
internal static class FieldModels
{
    private const int MostFrequent = 5;

    /// <summary>The fields of a version, in file order; without statistics where not everybody may read the records.</summary>
    public static IReadOnlyList<FieldModel> Of(DatasetRecord record, ServedDataset dataset)
    {
        var version = dataset.Version;
        var types = record.Fields.ToDictionary(field => field.Name, field => field.Type, StringComparer.Ordinal);
        var profiles = dataset.ShowsRecords ? version.FieldProfilesByName() : [];
        var rows = version.Source.Rows > 0 ? version.Source.Rows : version.Rows;
        return
        [
            .. version.Fields.Select(field => new FieldModel(
                field, types[field.Name], profiles.TryGetValue(field.Name, out var statistics) ? Read(statistics, rows) : null)),
        ];
    }

    private static FieldStatistics Read(JsonElement profile, long rows)
    {
        var missing = Whole("nulls") ?? 0;
        return new FieldStatistics(
            missing,
            rows > 0 ? Math.Clamp((double)missing / rows, 0, 1) : 0,
            Whole("distinct") ?? 0,
            profile.TryGetProperty("distinct_is_estimate", out var estimate) && estimate.ValueKind == JsonValueKind.True,
            Text(profile, "min"),
            Text(profile, "max"),
            profile.TryGetProperty("mean", out var mean) && mean.ValueKind == JsonValueKind.Number ? mean.GetDouble() : null,
            profile.TryGetProperty("frequent", out var frequent) && frequent.ValueKind == JsonValueKind.Array
                ? [.. frequent
                    .EnumerateArray()
                    .Take(MostFrequent)
                    .Select(value => (Text(value, "value") ?? "", value.GetProperty("count").GetInt64()))]
                : []);

        long? Whole(string name) =>
            profile.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var whole)
                ? whole
                : null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? value.ToString()
            : null;
}

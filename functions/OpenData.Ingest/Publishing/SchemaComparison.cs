using OpenData.Lake;

namespace OpenData.Ingest.Publishing;

/// <summary>What changed between the fields of one version and those of the next.</summary>
internal static class SchemaComparison
{
    /// <summary>
    /// The changes as problems of a version that is published all the same: whoever uses the dataset should know of them.
    /// </summary>
    public static IEnumerable<Problem> Changes(IReadOnlyList<Field> before, IReadOnlyList<Field> now)
    {
        foreach (var field in Missing(now, before))
        {
            yield return new Problem(
                "schema-field-removed",
                Severity.Warning,
                $"The column '{field.Label}' of the version before is not there any more.",
                "If it was left out by mistake, upload the file with it.")
            {
                Column = field.Label,
                Action = "The new version is published without it.",
            };
        }

        foreach (var field in Missing(before, now))
        {
            yield return new Problem(
                "schema-field-added",
                Severity.Note,
                $"The column '{field.Label}' was not in the version before.",
                "Nothing, if it was added on purpose.")
            {
                Column = field.Label,
                Action = "The new version is published with it.",
            };
        }

        foreach (var (was, field) in Retyped(before, now))
        {
            yield return new Problem(
                "schema-type-changed",
                Severity.Warning,
                $"The column '{field.Label}' was {Describe(was)} in the version before and is {Describe(field)} now.",
                "Look at the values that are not as before; or declare the type in dataset.json.")
            {
                Column = field.Label,
                Action = "The new version is published with the new type.",
            };
        }
    }

    /// <summary>Whether fields of a version are not in another one under their names.</summary>
    public static bool AreMissing(IReadOnlyList<Field> before, IReadOnlyList<Field> now) => Missing(now, before).Any();

    /// <summary>
    /// Why rows with these fields cannot be added to rows with those; nothing if they can. The order of fields does not matter.
    /// </summary>
    public static IEnumerable<Problem> Disagreements(IReadOnlyList<Field> before, IReadOnlyList<Field> now)
    {
        foreach (var field in Missing(now, before))
        {
            yield return Differs(field, $"The column '{field.Label}' of the rows before is missing.");
        }

        foreach (var field in Missing(before, now)) yield return Differs(field, $"The rows before have no column '{field.Label}'.");
        foreach (var (was, field) in Retyped(before, now))
        {
            yield return Differs(
                field, $"The column '{field.Label}' is {Describe(was)} in the rows before and {Describe(field)} in this file.");
        }
    }

    private static Problem Differs(Field field, string message) => new(
        "append-schema-differs",
        Severity.Error,
        message,
        "Give the file the columns and kinds of values that the dataset has; or upload the whole dataset with \"update_mode\": "
        + "\"replace\" in dataset.json.")
    {
        Column = field.Label,
        Action = "No row of this file was added.",
    };

    // A point is derived: its columns are compared.
    private static IEnumerable<Field> Missing(IReadOnlyList<Field> from, IReadOnlyList<Field> of) =>
        of.Where(field => field.Type != FieldType.GeoPoint && from.All(other => other.Name != field.Name));

    private static IEnumerable<(Field Before, Field Now)> Retyped(IReadOnlyList<Field> before, IReadOnlyList<Field> now) =>
        from field in now
        join was in before on field.Name equals was.Name
        where was.Type != field.Type || was.Scale != field.Scale
        select (was, field);

    private static string Describe(Field field) => field.Type switch
    {
        FieldType.Text => "text",
        FieldType.Int => "a whole number",
        FieldType.Decimal => $"a decimal with {field.Scale} digits after the point",
        FieldType.Double => "a floating point number",
        FieldType.Boolean => "true or false",
        FieldType.Date => "a date",
        FieldType.DateTime => "a time without zone",
        FieldType.Instant => "a time with zone",
        FieldType.Json => "JSON",
        FieldType.GeoPoint => "a point",
        _ => throw new ArgumentOutOfRangeException(nameof(field), field.Type, "This type has no words yet."),
    };
}

using OpenData.Lake;

namespace OpenData.Ingest.Publishing;

/// <summary>Detects a version that lacks much of what is served: no other check can tell half an export from a whole one.</summary>
internal static class ShrinkingGuard
{
    /// <summary>The code of its problems.</summary>
    public const string Code = "version-shrinks";

    /// <summary>Why a version should not take the place of the one that is served; nothing if it may.</summary>
    /// <param name="served">The version that is served.</param>
    /// <param name="built">The version that is to take its place.</param>
    /// <param name="mayLose">Percent of rows, of columns and of typed columns that it may lose, 0 to 100.</param>
    public static IReadOnlyList<Problem> Reasons(DatasetVersion served, DatasetVersion built, int mayLose)
    {
        var now = built.Fields.Where(IsColumn).ToDictionary(field => field.Name, StringComparer.Ordinal);
        List<Field> before = [.. served.Fields.Where(IsColumn)];
        List<Field> kept = [.. before.Where(field => now.ContainsKey(field.Name))];
        List<Field> typed = [.. kept.Where(IsTyped)];
        List<Field> untyped = [.. typed.Where(field => !IsTyped(now[field.Name]))];
        List<Problem> reasons = [];
        if (IsMore(served.Rows - built.Rows, served.Rows))
        {
            reasons.Add(Held($"It has {built.Rows:N0} rows; the version that is served has {served.Rows:N0}.", null));
        }

        if (IsMore(before.Count - kept.Count, before.Count))
        {
            reasons.Add(Held(
                $"It has {kept.Count:N0} of the {before.Count:N0} columns of the version that is served; "
                + $"{Named(before.Except(kept))} are missing.", null));
        }

        if (IsMore(untyped.Count, typed.Count))
        {
            reasons.Add(Held(
                $"Of the {typed.Count:N0} columns of numbers, dates or yes and no, {untyped.Count:N0} are text now: {Named(untyped)}.",
                untyped[0].Label));
        }

        return reasons;

        bool IsMore(long lost, long of) => lost > 0 && lost * 100 > of * mayLose;

        Problem Held(string message, string? column) => new(
            Code,
            Severity.Error,
            message,
            "If the file is incomplete or was written differently, upload it again. If it is right, declare in dataset.json how many "
            + $"percent a file may lose, such as \"may_lose\": 100 (now {mayLose}), and upload that: this version is then served.")
        {
            Column = column,
            Action = "The version is built and held; what was served before is still served.",
        };
    }

    // A point is derived: its columns are compared.
    private static bool IsColumn(Field field) => field.Type != FieldType.GeoPoint;

    private static bool IsTyped(Field field) => field.Type is not (FieldType.Text or FieldType.Json);

    private static string Named(IEnumerable<Field> fields)
    {
        List<string> labels = [.. fields.Select(field => $"'{field.Label}'")];
        return string.Join(", ", labels.Take(5)) + (labels.Count > 5 ? $" and {labels.Count - 5:N0} more" : "");
    }
}

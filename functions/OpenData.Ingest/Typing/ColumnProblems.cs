using OpenData.Lake;

namespace OpenData.Ingest.Typing;

/// <summary>Problems of columns as a whole.</summary>
internal static class ColumnProblems
{
    /// <summary>Says that a column of numbers or dates is text, and because of what.</summary>
    public static Problem TextColumn(string label, IReadOnlyList<string> values, long line) => new(
        "column-text",
        Severity.Note,
        $"The column '{label}' is published as text: most of its values are numbers or dates, and "
        + $"{string.Join(", ", values.Select(value => $"'{value}'"))} are not.",
        "Correct these cells, leave them empty where there is no value, or name them in 'null_tokens' in dataset.json.")
    {
        Line = line,
        Column = label,
        RawValue = string.Join(" | ", values),
        Action = "Every value was kept as it is written.",
    };

    /// <summary>Says that rows add up others, so that whoever adds up the column counts twice.</summary>
    public static Problem TotalRows(long rows, long line, string text) => new(
        "rows-total",
        Severity.Note,
        $"{rows} rows seem to be totals of other rows ('{text}'): whoever adds up a column counts them twice.",
        "Leave totals out; users can compute them.")
    { Line = line, RawValue = text, Action = "They were published like the other rows." };
}

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

    /// <summary>Says by which system plane coordinates were read, where the header does not name it.</summary>
    public static Problem CoordinatesAssumed(string columns, string label, string system) => new(
        "coordinates-assumed", Severity.Note,
            $"The columns {columns} were taken for coordinates in {system}, because of their names and values.",
        "Declare the system ('system' in 'points') in dataset.json.")
    {
        Column = label,
        Action = $"Latitude and longitude were computed by {system}.",
    };

    /// <summary>Says that nothing tells the system of plane coordinates.</summary>
    public static Problem CoordinatesUnknown(string columns, string label) => new(
        "coordinates-unknown", Severity.Note,
        $"The columns {columns} look like coordinates of the plane, and nothing tells their system: "
        + "EPSG:5174, 2097, 5181 and 5186 are possible.",
        "Declare the system ('system' in 'points') in dataset.json, such as \"EPSG:5186\".")
    {
        Column = label,
        Action = "The numbers were published as they are, and no points were made.",
    };

    /// <summary>Says which signs and words of a column were read as no value.</summary>
    public static Problem MissingTokens(string label, IReadOnlyDictionary<string, (long Count, long FirstLine)> tokens) => new(
        "values-missing", Severity.Note,
        $"In the column '{label}', {string.Join(", ", tokens.Select(token => $"'{token.Key}'"))} stands where there is no value.",
        "Leave such cells empty, or name these signs in 'null_tokens' in dataset.json and say in its description what they mean.")
    {
        Line = tokens.Values.Min(token => token.FirstLine),
        Column = label,
        RawValue = string.Join(" | ", tokens.Keys),
        Action = "The field is empty in these rows; all other values have the column's type.",
    };
}

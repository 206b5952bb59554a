using System.Text;
using OpenData.Lake;

namespace OpenData.Ingest;

/// <summary>What the pipeline has to say about a file as a whole.</summary>
internal static class ConversionProblems
{
    public static Problem Empty { get; } = new("file-empty", Severity.Error, "The file holds no data.", "Upload a file with a header and at least one row.");

    public static Problem NoRows(Table table) => new(
        "rows-none", Severity.Error, "The file has a header and no rows.", "Upload the file again with its rows.")
    { Line = table.HeaderLine, RawValue = string.Join(" | ", table.Labels) };

    /// <summary>Says that a column of numbers or dates is text, and because of what.</summary>
    public static Problem TextColumn(string label, IReadOnlyList<string> values, long line) => new(
        "column-text", Severity.Note, $"The column '{label}' is published as text: most of its values are numbers or dates, and {string.Join(", ", values.Select(value => $"'{value}'"))} are not.",
        "Correct these cells, leave them empty where there is no value, or name them in 'null_tokens' in dataset.json.")
    {
        Line = line,
        Column = label,
        RawValue = string.Join(" | ", values),
        Action = "Every value was kept as it is written.",
    };

    /// <summary>Says that rows add up others, so that whoever adds up the column counts twice.</summary>
    public static Problem TotalRows(long rows, long line, string text) => new(
        "rows-total", Severity.Note, $"{rows} rows seem to be totals of other rows ('{text}'): whoever adds up a column counts them twice.", "Leave totals out; users can compute them.")
    { Line = line, RawValue = text, Action = "They were published like the other rows." };

    /// <summary>Says what stood above the header, that there is none, and that it is not as long as the rows.</summary>
    public static void AddHeader(ProblemLog problems, Table table)
    {
        foreach (var row in table.Preamble)
        {
            problems.Add(new Problem("table-preamble", Severity.Note, "A line stands above the table's header.", "Put titles and notes into dataset.json.")
            {
                Line = row.Line,
                RawValue = string.Join(" | ", row.Cells.Where(cell => cell.Length > 0).Select(Encoding.UTF8.GetString)),
                Action = "It was not published.",
            });
        }

        if (table.HeaderCells != table.Width)
        {
            problems.Add(new Problem(
                "header-length", Severity.Warning, $"The header has {table.HeaderCells} cells, and most rows have {table.Width}: a label may stand over the wrong column.", "Give each column one label; look for a delimiter too few or too many in the header.")
            {
                Line = table.HeaderLine,
                RawValue = string.Join(" | ", table.Labels),
                Action = table.HeaderCells > table.Width ? "Empty labels were left out." : "Two labels were told apart where quotation marks show them; otherwise the last columns have none.",
            });
        }

        if (!table.HasHeader)
        {
            problems.Add(new Problem("header-none", Severity.Warning, "The table has no header: its first line looks like its other lines.", "Add a header, or declare its line in dataset.json.")
            { Action = $"The columns were named {table.Labels[0]} to {table.Labels[^1]}." });
        }
    }
}

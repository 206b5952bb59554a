using System.Text;
using OpenData.Ingest.Records;
using OpenData.Ingest.Tables;
using OpenData.Lake;

namespace OpenData.Ingest;

/// <summary>What the pipeline has to say about a file as a whole.</summary>
internal static class ConversionProblems
{
    public static Problem Empty { get; } =
        new("file-empty", Severity.Error, "The file holds no data.", "Upload a file with a header and at least one row.");

    public static Problem WrongDeclaration(IReadOnlyList<string> columns) => new(
        "declaration-wrong", Severity.Error,
        $"Many values of {string.Join(", ", columns.Select(column => $"'{column}'"))} are not of the type or format that dataset.json "
        + "declares.",
        "Correct the type or the format in dataset.json, or the values; or declare \"on_misfit\": \"empty\" to have such fields empty.")
    {
        Column = columns[0],
        Action = "The file was not published.",
    };

    public static Problem NoRows(TableLayout table) => new(
        "rows-none", Severity.Error, "The file has a header and no rows.", "Upload the file again with its rows.")
    { Line = table.HeaderLine, RawValue = string.Join(" | ", table.Labels) };

    /// <summary>Says what stood above the header, that there is none, and that it is not as long as the rows.</summary>
    public static void AddHeader(ProblemLog problems, TableLayout table)
    {
        foreach (var row in table.Preamble)
        {
            problems.Add(new Problem(
                "table-preamble", Severity.Note, "A line stands above the table's header.", "Put titles and notes into dataset.json.")
            {
                Line = row.Line,
                RawValue = string.Join(" | ", row.Cells.Where(cell => cell.Length > 0).Select(Encoding.UTF8.GetString)),
                Action = "It was not published.",
            });
        }

        if (table.HeaderCells != table.Width)
        {
            problems.Add(new Problem(
                "header-length",
                Severity.Warning,
                $"The header has {table.HeaderCells} cells, and most rows have {table.Width}: a label may stand over the wrong column.",
                "Give each column one label; look for a delimiter too few or too many in the header.")
            {
                Line = table.HeaderLine,
                RawValue = string.Join(" | ", table.Labels),
                Action = table.HeaderCells > table.Width
                    ? "Empty labels were left out."
                    : "Two labels were told apart where quotation marks show them; otherwise the last columns have none.",
            });
        }

        if (!table.HasHeader)
        {
            problems.Add(new Problem(
                "header-none",
                Severity.Warning,
                "The table has no header: its first line looks like its other lines.",
                "Add a header, or declare its line in dataset.json.")
            { Action = $"The columns were named {table.Labels[0]} to {table.Labels[^1]}." });
        }
    }
}

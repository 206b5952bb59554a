using OpenData.Ingest.Records;
using OpenData.Lake;

namespace OpenData.Ingest.Workbooks;

/// <summary>What may be wrong with workbooks.</summary>
internal static class ExcelProblems
{
    public static UnreadableSourceException Broken(string reason) => new(new Problem(
        "excel-broken",
        Severity.Error,
        $"The workbook cannot be read: {reason}.",
        "Open it in Excel, save it under a new name as .xlsx, and upload that; if Excel cannot open it either, export it again."));

    public static UnreadableSourceException TooMuchText() => new(new Problem(
        "excel-too-large",
        Severity.Error,
        $"The workbook holds more than {XlsxTexts.LargestTotal >> 20} MiB of distinct texts.",
        "Export the data as CSV and upload that; it may be of any size."));

    public static UnreadableSourceException TooManySheets() => new(new Problem(
        "sheets-too-many",
        Severity.Error,
        $"The workbook has more than {TableLimits.Sheets:n0} sheets.",
        "Upload the table in a workbook of its own, or as CSV."));

    public static UnreadableSourceException TooManyStyles() => Broken($"it has more than {ExcelFormat.MostStyles:n0} styles");

    public static UnreadableSourceException NoData() => new(new Problem(
        "no-data", Severity.Error, "No sheet of the workbook holds any data.", "Upload the workbook with the table filled in."));

    public static Problem OtherSheet(string sheet, string read) => new(
        "sheet-ignored",
        Severity.Warning,
        $"The sheet '{sheet}' holds data too, but only the sheet '{read}' is published.",
        "Upload the other sheet as a file of its own, to a dataset of its own; or, if it is the one that is meant, declare \"sheet\": "
        + $"\"{sheet}\" in dataset.json.")
    {
        RawValue = sheet,
        Action = $"The sheet '{sheet}' is not published; the original file keeps it.",
    };

    public static Problem NotesSheet(string sheet, string read) => new(
        "sheet-notes",
        Severity.Note,
        $"The sheet '{sheet}' was taken for a cover, a table of contents or notes; the data was read from the sheet '{read}'.",
        $"Nothing, if that is so; otherwise declare \"sheet\": \"{sheet}\" in dataset.json.")
    {
        RawValue = sheet,
        Action = $"The sheet '{sheet}' is not published; the original file keeps it.",
    };

    public static UnreadableSourceException NoSuchSheet(string declared, IReadOnlyList<string> sheets) => new(new Problem(
        "sheet-missing",
        Severity.Error,
        $"The workbook has no sheet '{declared}', which dataset.json declares; it has "
        + $"{string.Join(", ", sheets.Take(20).Select(name => $"'{name}'"))}.",
        "Correct 'ingest.sheet' in dataset.json: a sheet's name, or its number from 1."));

    public static Problem ErrorCell(string cell, string value, long row) => new(
        "excel-error-value",
        Severity.Warning,
        $"The cell {cell} holds the error {value} and not a value.",
        "Correct the formula, or empty the cell.")
    {
        Line = row,
        RawValue = value,
        Action = "It is published as an absent value.",
    };

    public static Problem NoResult(string cell, long row) => new(
        "excel-formula-without-result",
        Severity.Warning,
        $"The cell {cell} holds a formula whose result was not saved.",
        "Open the file in Excel, let it calculate, and save it again.")
    {
        Line = row,
        RawValue = cell,
        Action = "It is published as an absent value.",
    };
}

using System.Xml;
using OpenData.Ingest.Records;
using OpenData.Lake;

namespace OpenData.Ingest.Markup;

/// <summary>What may be wrong with XML and with web pages.</summary>
internal static class XmlProblems
{
    public static UnreadableSourceException Invalid(XmlException error) => error.Message.Contains("DTD", StringComparison.Ordinal)
        ? Refuse(
            "xml-dtd",
            "The XML document declares its own grammar (a DTD), which is not read, because it could pull in other files.",
            "Export the file without a DOCTYPE, or as CSV.",
            error.LineNumber)
        : Refuse(
            "xml-invalid",
            $"This is not XML: {error.Message.TrimEnd('.')}.",
            "Correct the place named, or export the file again with a program that writes XML.",
            error.LineNumber);

    public static UnreadableSourceException NoRecords(string root) => Refuse(
        "not-a-table",
        $"The file is an XML document ('{root}') in which nothing repeats that could be the rows of a table.",
        "Name the element that is a row in 'ingest.record_path' in dataset.json, or save the table as .csv.");

    public static UnreadableSourceException SeveralTables(IEnumerable<string> paths) => Refuse(
        "several-tables",
        $"The XML document holds several tables: {string.Join(", ", paths)}.",
        "Name the one that is meant in 'ingest.record_path' in dataset.json; or upload one file a table, each to a dataset of its own.");

    public static UnreadableSourceException PathNotFound(string path, string root) => Refuse(
        "record-path-missing",
        $"Nothing in the file is at '{path}', which dataset.json names as the rows; its root is '{root}'.",
        "Correct 'ingest.record_path' in dataset.json.");

    public static UnreadableSourceException TooLarge(string what, int mebibytes) => Refuse(
        "xml-too-large", $"{what} is larger than {mebibytes} MiB.", "Export the data as CSV and upload that; it may be of any size.");

    public static UnreadableSourceException NoTable() => Refuse(
        "not-a-table",
        "The file is a web page without a table of data (some systems give one the name of an Excel file).",
        "Open it in Excel, save the table as .xlsx or .csv, and upload that.");

    public static Problem OtherTable(int rows, string begins, int published) => new(
        "table-ignored",
        Severity.Warning,
        $"The page holds another table of {rows} rows ('{begins}'), but only the largest one, of {published} rows, is published.",
        "Upload the other table as a file of its own, to a dataset of its own.")
    { RawValue = begins, Action = "The other table is not published; the original file keeps it." };

    public static UnreadableSourceException Unclosed() => Refuse(
        "table-unclosed", "The web page ends within its table: it was cut off.",
            "Export the file again, and compare its size after the upload.");

    private static UnreadableSourceException Refuse(string code, string message, string fix, int? line = null) =>
        new(new Problem(code, Severity.Error, message, fix) { Line = line is > 0 ? line : null });
}

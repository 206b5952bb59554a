using OpenData.Ingest.Records;
using OpenData.Lake;

namespace OpenData.Ingest.Packing;

/// <summary>What may be wrong with compressed files and archives.</summary>
internal static class PackingProblems
{
    public static UnreadableSourceException TooDeep(int deepest) => Refuse(
        "packed-too-deep", $"The file is packed more than {deepest} times over.", "Upload the data file itself, or compress it once.");

    public static UnreadableSourceException Broken(string what) => Refuse(
        "compression-broken", $"{what} is damaged or was cut off.", "Pack the file again and compare its size after the upload.");

    public static UnreadableSourceException Unknown(string what) => Refuse(
        "compression-unknown",
        $"The file is {what}, which is not unpacked here.",
        "Upload the data file itself, or pack it as .zip or .gz.");

    public static UnreadableSourceException Unsupported(string name, string reason) => Refuse(
        "compression-unknown",
        $"'{name}' cannot be unpacked: {reason}",
        "Pack it again with the method 'Deflate', as Windows itself does.");

    public static UnreadableSourceException TooLargeWindow(string format, long most) => Refuse(
        "compression-window",
        $"To be unpacked, the {format} file wants more memory than the {most >> 20} MiB that are given.",
        "Pack it again with the default settings, or as .zip or .gz.");

    public static UnreadableSourceException Password() => Refuse(
        "password", "The file is protected by a password.", "Remove the password and upload the file again.");

    public static UnreadableSourceException TooManyEntries(int most) => Refuse(
        "several-tables", $"The archive holds more than {most:n0} files.", "Upload one file a table, each to a dataset of its own.");

    public static UnreadableSourceException NoData(IReadOnlyList<string> files) => Refuse(
        "no-data",
        files.Count == 0 ? "The archive is empty." : $"The archive holds no data file, only {Listed(files)}.",
        "Pack one CSV, Excel, JSON or Parquet file.");

    public static UnreadableSourceException SeveralFiles(IReadOnlyList<string> files) => Refuse(
        "several-tables",
        $"The archive holds {files.Count} data files: {Listed(files)}.",
        "Upload one file a table, each to a dataset of its own.");

    private static UnreadableSourceException Refuse(string code, string message, string fix) =>
        new(new Problem(code, Severity.Error, message, fix));

    private static string Listed(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(10).Select(name => $"'{name}'")) + (names.Count > 10 ? ", …" : "");
}

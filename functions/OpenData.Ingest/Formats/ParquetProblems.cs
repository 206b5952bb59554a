using System.Text.RegularExpressions;
using OpenData.DuckDb;
using OpenData.Ingest.Records;
using OpenData.Lake;

namespace OpenData.Ingest.Formats;

/// <summary>What may be wrong with Parquet files.</summary>
internal static class ParquetProblems
{
    public static UnreadableSourceException Broken(StatementException error) => new(new Problem(
        "parquet-broken",
        Severity.Error,
        $"The Parquet file cannot be read: {Reason(error)}",
        "Write the file again, without encryption, and compare its size after the upload."));

    public static Problem Binary(string column) => new(
        "parquet-binary",
        Severity.Warning,
        $"The column '{column}' holds bytes and not text.",
        "If it holds text, write it with the type STRING; if it holds shapes, as GeoJSON text.")
    {
        Column = column,
        Action = "The bytes are published as hexadecimal text.",
    };

    // The engine's first line says what is wrong; the path in it is a temporary one of ours.
    private static string Reason(StatementException error)
    {
        var line = error.Message.Split('\n')[0];
        return Regex.Replace(line, "(file )?'[^']*'", "the file");
    }
}

using System.Text;
using System.Text.Json;
using OpenData.Lake;

namespace OpenData.Ingest.Json;

/// <summary>What may be wrong with JSON.</summary>
internal static class JsonProblems
{
    public static Problem Invalid(JsonException error, long line, long byteOffset, bool cutOff, ReadOnlySpan<byte> rest) => new(
        "json-invalid",
        Severity.Error,
        cutOff ? "The JSON ends before it is complete: the file was cut off." : $"This is not JSON: {Reason(error)}",
        cutOff
            ? "Export the file again and upload the whole of it."
            : "Correct the place named, or export the file again with a program that writes JSON.")
    {
        Line = line,
        ByteOffset = byteOffset,
        RawValue = Raw(rest),
    };

    public static Problem BadLine(JsonException error, long line, long byteOffset, ReadOnlySpan<byte> raw) =>
        Invalid(error, line, byteOffset, cutOff: false, raw) with
        {
            Code = "json-line-invalid",
            Message = $"This line is not a JSON value: {Reason(error)}",
            Action = "The line is not published; it stands in this report.",
        };

    public static Problem SeveralTables(IEnumerable<string> paths) => new(
        "several-tables",
        Severity.Error,
        $"The file holds several tables: {string.Join(", ", paths)}.",
        "Name the one that is meant in 'ingest.record_path' in dataset.json; or upload one file a table, each to a dataset of its own.");

    public static Problem PathNotFound(string path) => new(
        "record-path-missing",
        Severity.Error,
        $"Nothing in the file that could be records is at '{path}', which dataset.json names as the rows.",
        "Correct 'ingest.record_path' in dataset.json.");

    public static Problem WithoutRecords(string path, long line) => new(
        "json-document-unlike",
        Severity.Warning,
        $"The file holds several JSON documents, and the one that ends on this line has no records at '{path}'.",
        "Give every document the same shape, or upload it by itself.")
    { Line = line, Action = "Nothing of this document is published." };

    public static Problem GeometryKept(string column) => new(
        "geometry-kept",
        Severity.Note,
        "The file holds shapes other than points.",
        "Nothing is to be done; whoever uses the data can read them as GeoJSON.")
    { Column = column, Action = $"They are published as GeoJSON text in the column '{column}'." };

    public static Problem NotWgs84(string? system, string column) => new(
        "geojson-not-wgs84",
        Severity.Warning,
        system is null
            ? "The points' coordinates are no degrees of longitude and latitude, as GeoJSON has them."
            : $"The points are in {system}, which is not converted here.",
        "Export the file in WGS 84 (EPSG:4326).")
    { Column = column, Action = $"They are published as GeoJSON text in the column '{column}', and not as points." };

    public static Problem NotAnObject(long line, long byteOffset, ReadOnlySpan<byte> raw, string column) => new(
        "json-not-an-object",
        Severity.Warning,
        "Other records are objects with named values, this one is a bare value.",
        "Give every record the same shape.")
    {
        Line = line,
        ByteOffset = byteOffset,
        Column = column,
        RawValue = Raw(raw),
        Action = $"Its value is published in the column '{column}'.",
    };

    public static Problem DuplicateProperty(long line, long byteOffset, string column, ReadOnlySpan<byte> raw) => new(
        "json-duplicate-property",
        Severity.Warning,
        $"The record names '{column}' more than once.",
        "Give each property of a record a name of its own.")
    {
        Line = line,
        ByteOffset = byteOffset,
        Column = column,
        RawValue = Raw(raw),
        Action = "The first value is published; this one stands in this report.",
    };

    public static Problem UndecodableText(long line, long byteOffset, string column, ReadOnlySpan<byte> raw) => new(
        "encoding-undecodable",
        Severity.Warning,
        "The text holds characters that do not exist.",
        "Save the file as UTF-8 and upload it again.")
    {
        Line = line,
        ByteOffset = byteOffset,
        Column = column,
        RawValue = Raw(raw),
        Action = "Each such character is published as U+FFFD.",
    };

    private static string Raw(ReadOnlySpan<byte> bytes) =>
        Encoding.UTF8.GetString(bytes.Length > 200 ? bytes[..200] : bytes).TrimEnd('\uFFFD', '\r', '\n');

    // The parser's message ends in its own counting of lines and bytes, from 0; the problem carries the place.
    private static string Reason(JsonException error) => error.Message.Split(" LineNumber:")[0];
}

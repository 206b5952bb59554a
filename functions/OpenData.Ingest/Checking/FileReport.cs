using System.Text.Json;
using OpenData.Lake;

namespace OpenData.Ingest.Checking;

/// <summary>What ingest would make of a local file.</summary>
public sealed record FileReport
{
    /// <summary>The file's path as it was given.</summary>
    public required string File { get; init; }

    /// <summary>Whether it would be published.</summary>
    public required bool Published { get; init; }

    /// <summary>What the file is, such as <c>csv</c> or <c>csv.gz</c>; null where that could not be told.</summary>
    public string? Format { get; init; }

    /// <summary>The character encoding's name; null where the format fixes it.</summary>
    public string? Encoding { get; init; }

    /// <summary>How a delimited text is written; null for other formats.</summary>
    public FileDialect? Dialect { get; init; }

    /// <summary>The line (in Excel the row) on which the header stands, from 1; null if there is none.</summary>
    public long? HeaderRow { get; init; }

    /// <summary>The dataset.json beside the file whose declarations were followed, or null.</summary>
    public string? DeclaredIn { get; init; }

    /// <summary>Rows that would be published.</summary>
    public long Rows { get; init; }

    /// <summary>The fields in file order, then derived ones.</summary>
    public IReadOnlyList<Field> Fields { get; init; } = [];

    /// <summary>The sheet of a workbook that was read; null for other formats.</summary>
    public string? Sheet { get; init; }

    /// <summary>The first rows as they were understood: a text for each field that is no point, null where there is no value.</summary>
    public IReadOnlyList<IReadOnlyList<string?>> FirstRows { get; init; } = [];

    /// <summary>The dataset.json that was written; null if none was asked for, or the file would be rejected.</summary>
    public string? Declaration { get; init; }

    /// <summary>How many problems were found, also beyond those listed.</summary>
    public long ProblemCount { get; init; }

    /// <summary>The problems, in file order, up to a bound.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>Statistics a field.</summary>
    public JsonElement? Profile { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public long Milliseconds { get; init; }

    /// <summary>The file that was written; null if none was asked for, or the file cannot be read to its end.</summary>
    public string? Output { get; init; }
}

/// <summary>How a delimited text is written.</summary>
/// <param name="Delimiter">What stands between two cells.</param>
/// <param name="Quote">What encloses a cell, or null if nothing does.</param>
/// <param name="Escape">What makes a quote inside a quoted cell part of it.</param>
public sealed record FileDialect(string Delimiter, string? Quote, string? Escape);

/// <summary>How <see cref="FileCheck"/> writes what would be published.</summary>
public enum OutputFormat
{
    /// <summary>UTF-8, commas, the header row being the labels.</summary>
    Csv,

    /// <summary>One Parquet file, its columns being the field names.</summary>
    Parquet,

    /// <summary>One JSON object a line, its properties being the field names.</summary>
    Ndjson,
}

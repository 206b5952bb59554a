namespace OpenData.Ingest.Csv;

/// <summary>How a delimited text was written.</summary>
/// <param name="Delimiter">What stands between two cells.</param>
/// <param name="Quote">What encloses a cell, or null if nothing does.</param>
/// <param name="Escape">What makes a quote inside a quoted cell part of it: the quote itself (doubled) or a backslash.</param>
internal sealed record Dialect(string Delimiter, char? Quote, char? Escape)
{
    /// <summary>What lines begin with that are comments; null if there are none.</summary>
    public string? Comment { get; init; }
}

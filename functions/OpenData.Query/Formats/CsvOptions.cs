namespace OpenData.Query.Formats;

/// <summary>How a CSV export is written.</summary>
public sealed record CsvOptions
{
    /// <summary>What stands between two cells: <c>;</c> <c>,</c> a tab or <c>|</c>.</summary>
    public char Delimiter { get; init; } = ';';

    /// <summary>What stands between two values of one cell.</summary>
    public string ListSeparator { get; init; } = ",";

    /// <summary>Whether every text is quoted, not only those that need it.</summary>
    public bool QuoteAll { get; init; }

    /// <summary>Whether a byte order mark comes first, as Excel wants it.</summary>
    public bool WithBom { get; init; } = true;
}

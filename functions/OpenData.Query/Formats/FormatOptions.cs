namespace OpenData.Query.Formats;

/// <summary>What can be chosen about a format.</summary>
public sealed record FormatOptions
{
    /// <summary>How CSV is written.</summary>
    public CsvOptions Csv { get; init; } = new();

    /// <summary>Whether headers have the fields' labels instead of their names.</summary>
    public bool UseLabels { get; init; }

    /// <summary>Parquet's codec: <c>snappy</c> or <c>zstd</c>.</summary>
    public string ParquetCompression { get; init; } = "snappy";
}

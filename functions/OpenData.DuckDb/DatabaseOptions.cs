namespace OpenData.DuckDb;

/// <summary>The limits and settings of a <see cref="Database"/>.</summary>
public sealed record DatabaseOptions
{
    /// <summary>How much memory DuckDB's buffers may take, in megabytes. DuckDB uses more for what it does not count as buffers.</summary>
    public required int MemoryMegabytes { get; init; }

    /// <summary>How many threads one statement may use; null for one for each processor.</summary>
    public int? Threads { get; init; }

    /// <summary>The folder for data that does not fit in memory; null for DuckDB's default. It is created if it does not exist.</summary>
    public string? SpillFolder { get; init; }

    /// <summary>The most that may be written to <see cref="SpillFolder"/>, in megabytes; null for DuckDB's default.</summary>
    public int? SpillMegabytes { get; init; }

    /// <summary>
    /// The only folder whose files statements may read and write; null for no restriction. With a folder, all settings are locked as well,
    /// so that no statement can undo the restriction. The folder is created if it does not exist.
    /// </summary>
    public string? OnlyFolder { get; init; }

    /// <summary>Further global settings, each as <c>name = value</c> in SQL.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];
}

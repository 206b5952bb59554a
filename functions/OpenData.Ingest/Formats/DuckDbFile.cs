using OpenData.DuckDb;

namespace OpenData.Ingest.Formats;

/// <summary>How ingest reads and writes Parquet by DuckDB: one thread, little memory.</summary>
internal static class DuckDbFile
{
    private static readonly Lazy<Database> SharedDatabase = new(Open);

    /// <summary>
    /// One instance of the process, for files that the product wrote itself: opening an instance takes 10 ms, a connection none.
    /// </summary>
    public static Database Shared => SharedDatabase.Value;

    /// <summary>Opens a separate instance: a damaged file of an agency can make the instance that reads it unusable.</summary>
    public static Database Open() => new(new DatabaseOptions { MemoryMegabytes = 512, Threads = 1 });

    /// <summary>The columns of a table function's result.</summary>
    public static List<(string Name, string Type)> Describe(Connection connection, string table) =>
        [.. connection.Query($"DESCRIBE SELECT * FROM {table}").Rows.Select(row => ((string)row[0]!, (string)row[1]!))];

    /// <summary>An expression for a column's values in the plain form that records have.</summary>
    /// <param name="column">The column, as an identifier.</param>
    /// <param name="type">Its type in DuckDB's words.</param>
    public static string AsText(string column, string type) => type switch
    {
        "BLOB" => $"lower(hex({column}))",
        "TIMESTAMP WITH TIME ZONE" => $"replace(({column} AT TIME ZONE 'UTC')::VARCHAR, ' ', 'T') || 'Z'",
        _ when type.StartsWith("TIMESTAMP", StringComparison.Ordinal) => $"replace({column}::VARCHAR, ' ', 'T')",
        _ when IsNested(type) => $"to_json({column})::VARCHAR",
        _ => $"{column}::VARCHAR",
    };

    /// <summary>Whether values of a type are objects or lists.</summary>
    public static bool IsNested(string type) =>
        type.EndsWith(']') || type.StartsWith("STRUCT", StringComparison.Ordinal) || type.StartsWith("MAP", StringComparison.Ordinal)
        || type.StartsWith("UNION", StringComparison.Ordinal) || type is "JSON" or "VARIANT";
}

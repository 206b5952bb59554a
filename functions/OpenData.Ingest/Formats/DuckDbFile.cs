using DuckDB.NET.Data;

namespace OpenData.Ingest.Formats;

/// <summary>How ingest opens DuckDB: one thread, little memory, nothing beyond the file that is named.</summary>
internal static class DuckDbFile
{
    private static readonly Lazy<DuckDBConnection> Shared = new(Open);

    /// <summary>Opens an instance of its own: a damaged file of an agency can end the one that reads it.</summary>
    public static DuckDBConnection Open()
    {
        var duckdb = new DuckDBConnection("DataSource=:memory:;threads=1;memory_limit=512MB");
        duckdb.Open();
        Configure(duckdb);
        return duckdb;
    }

    /// <summary>Opens a connection to one instance of the process, for files that we wrote ourselves: an instance takes 10 ms to make, a connection none.</summary>
    public static DuckDBConnection OpenShared()
    {
        var duckdb = Shared.Value.Duplicate();
        duckdb.Open();
        Configure(duckdb);
        return duckdb;
    }

    private static void Configure(DuckDBConnection duckdb)
    {
        using var settings = duckdb.CreateCommand();
        settings.CommandText = "SET autoinstall_known_extensions = false; SET TimeZone = 'UTC'";
        settings.ExecuteNonQuery();
    }

    /// <summary>The columns of a table function's result.</summary>
    public static List<(string Name, string Type)> Describe(DuckDBConnection duckdb, string table)
    {
        using var command = duckdb.CreateCommand();
        command.CommandText = $"DESCRIBE SELECT * FROM {table}";
        using var rows = command.ExecuteReader();
        var columns = new List<(string, string)>();
        while (rows.Read()) columns.Add((rows.GetString(0), rows.GetString(1)));
        return columns;
    }

    /// <summary>A text in a statement.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A column's name in a statement.</summary>
    public static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

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

using System.Text.Json;
using DuckDB.NET.Data;

namespace OpenData.Planning;

/// <summary>One run's own DuckDB and its folder on disk, both gone when the run is over.</summary>
internal sealed class Session : IDisposable
{
    private const string Memory = "900MB"; // of the 1.5 GB a function may have: DuckDB goes beyond what it is given, and .NET needs its share

    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    /// <summary>Opens an empty database.</summary>
    public Session()
    {
        Folder = Directory.CreateTempSubdirectory("opendata-report-").FullName;
        _connection.Open();
        Execute($"SET memory_limit = '{Memory}'; SET TimeZone = 'UTC'; SET temp_directory = {Literal(Path.Combine(Folder, "spill"))};");
    }

    /// <summary>The run's folder.</summary>
    public string Folder { get; }

    /// <summary>A path in the run's folder.</summary>
    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>Runs statements whose text is ours.</summary>
    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs one of our queries and keeps its result.</summary>
    public Table Query(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[columns.Length];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }

        return new Table(columns, rows);
    }

    /// <summary>Writes one of our queries' result as Parquet: the same rows make the same bytes.</summary>
    public void Copy(string query, string path) =>
        Execute($"COPY ({query}) TO {Literal(path)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3)");

    /// <summary>Makes a table of rows that are in memory.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="columns">Its columns with their types, as <c>CREATE TABLE</c> takes them.</param>
    /// <param name="rows">Objects whose JSON has a property a column.</param>
    public void Load<T>(string table, string columns, IEnumerable<T> rows)
    {
        Execute($"CREATE OR REPLACE TABLE {table} ({columns})");
        var file = File(table + ".ndjson");
        using (var stream = System.IO.File.Create(file))
        {
            foreach (var row in rows)
            {
                JsonSerializer.Serialize(stream, row, OpenDataJson.Options);
                stream.WriteByte((byte)'\n');
            }
        }

        if (new FileInfo(file).Length > 0)
        {
            var types = string.Join(", ", Query($"DESCRIBE {table}").Rows.Select(row => $"{Literal((string)row[0]!)}: {Literal((string)row[1]!)}"));
            Execute($"INSERT INTO {table} BY NAME SELECT * FROM read_ndjson({Literal(file)}, columns = {{{types}}})");
        }
    }

    /// <summary>A text as an SQL literal.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>A query's result.</summary>
/// <param name="Columns">The columns' names.</param>
/// <param name="Rows">The rows, each with a value a column.</param>
internal sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows);

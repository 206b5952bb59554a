using System.Text.Json;
using OpenData.DuckDb;

namespace OpenData.Planning.Sessions;

/// <summary>One run's own DuckDB and its folder on disk, both gone when the run is over.</summary>
internal sealed class Session : IDisposable
{
    private const int Memory = 900; // MB of the 1.5 GB a function may have: DuckDB uses more than its limit, and .NET needs its share

    private readonly Database _database;
    private readonly Connection _connection;

    /// <summary>Opens an empty database.</summary>
    public Session()
    {
        Folder = Directory.CreateTempSubdirectory("opendata-report-").FullName;
        _database = new Database(new DatabaseOptions { MemoryMegabytes = Memory, SpillFolder = Path.Combine(Folder, "spill") });
        _connection = _database.Connect();
    }

    /// <summary>The run's folder.</summary>
    public string Folder { get; }

    /// <summary>A path in the run's folder.</summary>
    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>Runs statements whose text is ours.</summary>
    public void Execute(string sql) => _connection.Execute(sql);

    /// <summary>Runs statements that have a name, which an error then carries.</summary>
    /// <exception cref="InvalidOperationException">DuckDB refused them; the message has the name and DuckDB's reason.</exception>
    public void Execute(string sql, string name)
    {
        try
        {
            _connection.Execute(sql);
        }
        catch (StatementException e)
        {
            throw new InvalidOperationException($"{name}: {e.Message}", e);
        }
    }

    /// <summary>Runs one of our queries and keeps its result.</summary>
    /// <param name="name">What the result is called in errors.</param>
    /// <param name="sql">The query.</param>
    public ResultTable Query(string name, string sql)
    {
        var result = _connection.Query(sql);
        return new ResultTable(name, result.Columns, result.Rows);
    }

    /// <summary>Writes one of our queries' result as Parquet: the same rows make the same bytes.</summary>
    public void Copy(string query, string path) =>
        Execute($"COPY ({query}) TO {Sql.Literal(path)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3)");

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
            var types = string.Join(
                ", ",
                Query(table, $"DESCRIBE {table}").Rows.Select(
                    row => $"{Sql.Literal(row.Text("column_name")!)}: {Sql.Literal(row.Text("column_type")!)}"));
            Execute($"INSERT INTO {table} BY NAME SELECT * FROM read_ndjson({Sql.Literal(file)}, columns = {{{types}}})");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

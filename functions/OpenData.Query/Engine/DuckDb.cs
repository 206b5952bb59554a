using DuckDB.NET.Native;

namespace OpenData.Query.Engine;

/// <summary>
/// The process's one DuckDB instance: in memory, bounded, and locked before the first question, so that even a statement that
/// should never have been written can neither leave the cache's folder nor loosen a setting.
/// </summary>
internal sealed class DuckDb : IDisposable
{
    private readonly DuckDBDatabase _database;

    /// <summary>Opens the instance.</summary>
    /// <param name="readable">The one folder whose files may be read.</param>
    /// <param name="spill">The folder for what does not fit in memory.</param>
    /// <param name="memoryMegabytes">What DuckDB may keep in memory.</param>
    /// <param name="spillMegabytes">The most it may spill to disk.</param>
    /// <param name="threads">How many threads a statement may use.</param>
    public DuckDb(string readable, string spill, int memoryMegabytes, int spillMegabytes, int threads)
    {
        Directory.CreateDirectory(readable);
        Directory.CreateDirectory(spill);
        if (NativeMethods.Startup.DuckDBOpen(":memory:", out _database) != DuckDBState.Success) throw new InvalidOperationException("DuckDB could not be opened.");
        using var connection = Connect();
        foreach (var setting in new[]
                 {
                     $"memory_limit = '{memoryMegabytes}MB'",
                     $"threads = {threads}",
                     $"temp_directory = {Plan.Sql.Text(spill)}",
                     $"max_temp_directory_size = '{spillMegabytes}MB'",
                     "TimeZone = 'UTC'",
                     "Calendar = 'gregorian'",
                     // Footers are read once: a file of the cache never changes.
                     "parquet_metadata_cache = true",
                     // A sorted page is found by its keys alone, and the other columns are read for its rows only.
                     $"late_materialization_max_rows = {QueryLimits.RecordsWindow}",
                     // As many as a page may have are looked for one by one: whole row groups without any of them are left out.
                     $"dynamic_or_filter_threshold = {QueryLimits.Records}",
                     // Every statement reads one table, so there is no order of joins; looking for one would read all row groups' statistics once more.
                     "disabled_optimizers = 'join_order'",
                     "autoinstall_known_extensions = false",
                     "autoload_known_extensions = false",
                     $"allowed_directories = [{Plan.Sql.Text(readable.TrimEnd('/', '\\') + Path.DirectorySeparatorChar)}]",
                     "enable_external_access = false",
                     "lock_configuration = true",
                 })
        {
            connection.Execute("SET GLOBAL " + setting);
        }

        TimeZones = ReadTimeZones(connection);
    }

    /// <summary>The time zones that it knows, by their IANA names.</summary>
    public IReadOnlySet<string> TimeZones { get; }

    /// <summary>Opens a connection for one request; it costs microseconds.</summary>
    public DuckDbConnection Connect()
    {
        if (NativeMethods.Startup.DuckDBConnect(_database, out var connection) != DuckDBState.Success) throw new InvalidOperationException("DuckDB gave no connection.");
        return new DuckDbConnection(connection);
    }

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private static HashSet<string> ReadTimeZones(DuckDbConnection connection)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var rows = connection.Stream("SELECT name FROM pg_timezone_names()", [], CancellationToken.None);
        foreach (var chunk in rows.All(CancellationToken.None))
        {
            for (var row = 0; row < chunk.Rows; row++) names.Add(System.Text.Encoding.UTF8.GetString(chunk[0].Text(row)));
        }

        return names;
    }
}

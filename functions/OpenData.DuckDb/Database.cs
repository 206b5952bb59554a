using DuckDB.NET.Native;

namespace OpenData.DuckDb;

/// <summary>
/// A DuckDB instance in memory. Its session time zone is UTC and it never downloads extensions. Opening one takes about 10 ms; a connection
/// to an open instance takes microseconds. Safe to use from any thread.
/// </summary>
public sealed class Database : IDisposable
{
    private readonly DuckDBDatabase _database;

    /// <summary>Opens an instance and applies its settings.</summary>
    /// <exception cref="StatementException">A setting was refused.</exception>
    public Database(DatabaseOptions options)
    {
        if (options.SpillFolder is { } spill) Directory.CreateDirectory(spill);
        if (options.OnlyFolder is { } folder) Directory.CreateDirectory(folder);
        if (NativeMethods.Startup.DuckDBOpen(":memory:", out _database) != DuckDBState.Success)
        {
            throw new InvalidOperationException("DuckDB could not open an instance in memory.");
        }

        try
        {
            using var connection = Connect();
            foreach (var setting in Settings(options)) connection.Execute("SET GLOBAL " + setting);
            connection.RegisterFunctions();
        }
        catch
        {
            _database.Dispose();
            throw;
        }
    }

    /// <summary>Opens a connection, which runs one statement at a time.</summary>
    public Connection Connect() => NativeMethods.Startup.DuckDBConnect(_database, out var connection) == DuckDBState.Success
        ? new Connection(connection)
        : throw new InvalidOperationException("DuckDB could not open a connection.");

    /// <summary>Closes the instance. Connections that are still open keep it alive until they are disposed.</summary>
    public void Dispose() => _database.Dispose();

    private static IEnumerable<string> Settings(DatabaseOptions options)
    {
        yield return $"memory_limit = '{Sql.Literal(options.MemoryMegabytes)}MB'";
        if (options.Threads is { } threads) yield return $"threads = {Sql.Literal(threads)}";
        if (options.SpillFolder is { } spill) yield return $"temp_directory = {Sql.Literal(spill)}";
        if (options.SpillMegabytes is { } most) yield return $"max_temp_directory_size = '{Sql.Literal(most)}MB'";
        yield return "TimeZone = 'UTC'";
        yield return "Calendar = 'gregorian'";
        yield return "autoinstall_known_extensions = false";
        yield return "autoload_known_extensions = false";
        foreach (var setting in options.Settings) yield return setting;
        if (options.OnlyFolder is not { } folder) yield break;
        yield return $"allowed_directories = [{Sql.Literal(folder.TrimEnd('/', '\\') + Path.DirectorySeparatorChar)}]";
        yield return "enable_external_access = false";
        yield return "lock_configuration = true";
    }
}

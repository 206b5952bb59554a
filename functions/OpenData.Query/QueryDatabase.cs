using System.Text;
using OpenData.DuckDb;
using OpenData.Query.Language;

namespace OpenData.Query;

/// <summary>
/// The DuckDB instance that answers questions. It may read one folder only and its settings are locked, so that even a statement with an
/// injected part could neither read other files nor loosen a limit.
/// </summary>
internal static class QueryDatabase
{
    /// <summary>Opens the instance.</summary>
    /// <param name="readable">The one folder whose files may be read.</param>
    /// <param name="spill">The folder for data that does not fit in memory.</param>
    /// <param name="memoryMegabytes">The memory of DuckDB's buffers.</param>
    /// <param name="spillMegabytes">The most that may be spilled to disk.</param>
    /// <param name="threads">How many threads one statement may use.</param>
    public static Database Open(string readable, string spill, int memoryMegabytes, int spillMegabytes, int threads) =>
        new(new DatabaseOptions
        {
            MemoryMegabytes = memoryMegabytes,
            Threads = threads,
            SpillFolder = spill,
            SpillMegabytes = spillMegabytes,
            OnlyFolder = readable,
            Settings =
        [
            // A file of the cache never changes, so its footer is read once.
            "parquet_metadata_cache = true",
            // For a sorted page only the sort keys are read of all rows; the other columns are read for the rows of the page.
            $"late_materialization_max_rows = {QueryLimits.RecordsWindow}",
            // The rows of a page are fetched by a filter on their numbers, which skips the row groups that have none of them.
            $"dynamic_or_filter_threshold = {QueryLimits.Records}",
            // Every statement reads one table: there are no joins to order, and the optimizer would read all row groups' statistics once
            // more.
            "disabled_optimizers = 'join_order'",
        ],
        });

    /// <summary>The IANA names of the time zones that DuckDB knows.</summary>
    public static IReadOnlySet<string> TimeZones(Database database)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var connection = database.Connect();
        using var rows = connection.Stream("SELECT name FROM pg_timezone_names()", [], CancellationToken.None);
        foreach (var chunk in rows.Chunks(CancellationToken.None))
        {
            for (var row = 0; row < chunk.Rows; row++) names.Add(Encoding.UTF8.GetString(chunk[0].Text(row)));
        }

        return names;
    }
}

using Microsoft.Extensions.Logging;
using OpenData.DuckDb;
using OpenData.Lake;
using OpenData.Planning.Compaction;
using OpenData.Planning.Sessions;
using OpenData.Usage;

namespace OpenData.Planning.Inputs;

/// <summary>
/// Brings the logged days, as the table <c>log_days</c>, and the days' sums into a session, as the tables <c>usage</c>, <c>searches</c> and
/// <c>fields</c>.
/// </summary>
internal static class UsageInput
{
    private const int AtOnce = 16;

    public static async Task LoadAsync(
        Session session, Storage storage, IReadOnlyList<LoggedDay> logged, string own, ILogger logger, CancellationToken cancellation)
    {
        session.Execute(EmbeddedSql.Read("Inputs/usage.sql"));
        session.Load("log_days", "day DATE, zone VARCHAR", logged);
        if (logged.Count == 0) return;
        var days = logged.Select(each => each.Day).ToList();
        foreach (var table in new[] { "usage", "searches", "fields" })
        {
            var folder = Directory.CreateDirectory(session.File(table)).FullName;
            await Parallel.ForEachAsync(days, new ParallelOptions
            {
                MaxDegreeOfParallelism = AtOnce,
                CancellationToken = cancellation,
            }, async (day, token) =>
            {
                await storage.Usage.GetBlobClient(UsageDays.Compacted(day, table)).DownloadToAsync(
                    Path.Combine(folder, UsageDays.Name(day) + ".parquet"), token);
            });
            Load(session, table, folder, logger);
        }

        // Days that were compacted before the report's own dataset was left out still have it.
        session.Execute($"DELETE FROM usage WHERE grain = 'dataset' AND key = {Sql.Literal(own)}");
        // The report is public: it does not name datasets that are not.
        session.Execute("DELETE FROM usage WHERE grain = 'dataset' AND key IN (SELECT dataset_id FROM hidden)");
        session.Execute("DELETE FROM fields WHERE dataset_id IN (SELECT dataset_id FROM hidden)");
    }

    private static void Load(Session session, string table, string folder, ILogger logger)
    {
        try
        {
            Insert(Path.Combine(folder, "*.parquet"));
        }
        catch (StatementException)
        {
            // A file is damaged: the report is made of the others.
            foreach (var file in Directory.GetFiles(folder))
            {
                StoredData.Read($"usage-{table}", Path.GetFileName(file), () =>
                {
                    Insert(file);
                    return file;
                }, logger);
            }
        }

        void Insert(string files) =>
            session.Execute($"INSERT INTO {table} BY NAME SELECT * FROM read_parquet({Sql.Literal(files)}, union_by_name = true)");
    }
}

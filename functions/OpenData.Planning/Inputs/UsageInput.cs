using OpenData.DuckDb;
using OpenData.Lake;
using OpenData.Usage;
using OpenData.Planning.Sessions;

namespace OpenData.Planning.Inputs;

/// <summary>Brings the days' sums into a session, as the tables <c>usage</c>, <c>searches</c> and <c>fields</c>.</summary>
internal static class UsageInput
{
    private const int AtOnce = 16;

    public static async Task LoadAsync(Session session, Storage storage, IReadOnlyList<DateOnly> days, CancellationToken cancellation)
    {
        session.Execute(EmbeddedSql.Read("Inputs/usage.sql"));
        if (days.Count == 0) return;
        foreach (var table in new[] { "usage", "searches", "fields" })
        {
            var folder = Directory.CreateDirectory(session.File(table)).FullName;
            await Parallel.ForEachAsync(days, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (day, token) =>
            {
                await storage.Usage.GetBlobClient(UsageDays.Compacted(day, table)).DownloadToAsync(Path.Combine(folder, UsageDays.Name(day) + ".parquet"), token);
            });
            session.Execute($"INSERT INTO {table} BY NAME SELECT * FROM read_parquet({Sql.Literal(Path.Combine(folder, "*.parquet"))})");
        }
    }
}

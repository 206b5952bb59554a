using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using OpenData.Catalog;
using OpenData.Demand.Requests;
using OpenData.Lake;
using OpenData.LocalHost.Azurite;
using OpenData.Planning;
using OpenData.Planning.Compaction;
using OpenData.Planning.Inputs;
using OpenData.Planning.Sessions;
using OpenData.Usage;

namespace OpenData.Benchmarks.Planning;

/// <summary>
/// The report over 50 million generated usage events of 90 days: every day compacted from NDJSON to Parquet and sums, then the whole run
/// against storage, then the run of one more day. The bound is what a function may use: 10 minutes and 1.5 GB.
/// </summary>
internal static class PlanningBenchmark
{
    private const int Days = 90;
    private const int Datasets = 1_000;
    private static readonly DateOnly First = new(2026, 1, 1);

    public static async Task<int> RunAsync(string[] args)
    {
        var events = args is [{ } text, ..] ? long.Parse(text, CultureInfo.InvariantCulture) : 50_000_000;
        await using var azurite = await AzuriteServer.StartInMemoryAsync();
        var storage = StorageConnection.Open(azurite.ConnectionString, "bench");
        await storage.CreateAsync();
        var catalog = new DatasetCatalog(storage);
        await Parallel.ForAsync(0, Datasets, async (i, _) => await PublishAsync(catalog, i));

        var folder = Directory.CreateTempSubdirectory("opendata-bench-").FullName;
        try
        {
            var bytes = 0L;
            var sums = 0L;
            var compaction = new Stopwatch();
            var compactionCpu = TimeSpan.Zero;
            for (var d = 0; d < Days; d++)
            {
                var day = First.AddDays(d);
                var file = Path.Combine(folder, "events.ndjson");
                UsageGenerator.Write(file, day, events / Days, Datasets);
                bytes += new FileInfo(file).Length;
                var before = Environment.CpuUsage.TotalTime;
                compaction.Start();
                using (var session = new Session())
                {
                    session.Execute(
                        "CREATE TABLE themes AS SELECT 'dataset-' || i || '@agency-' || i % 40 AS dataset_id, 'theme-' || i % 12 AS "
                        + $"theme FROM range({Datasets}) t(i)");
                    UsageCompaction.Compact(session, day, [file], folder, ReportRun.FiguresDatasetId);
                }

                compaction.Stop();
                compactionCpu += Environment.CpuUsage.TotalTime - before;
                sums += new FileInfo(Path.Combine(folder, "usage.parquet")).Length;
                // the report does not read it again, and Azurite keeps all in memory
                File.WriteAllBytes(Path.Combine(folder, "events.parquet"), []);
                await UsageCompaction.StoreAsync(storage, day, folder, sourceBytes: 1, LocalTime.Utc.Zone, default);
            }

            var run = new ReportRun(
                storage,
                new ReportSources(
                    catalog,
                    new UploadLog(storage),
                    new RequestBoard(storage, TimeProvider.System, LocalTime.Utc),
                    new FeedbackLog(storage, LocalTime.Utc)),
                new WriteQuota(storage, TimeProvider.System, LocalTime.Utc), LocalTime.Utc, NullLogger<ReportRun>.Instance);
            var beforeReport = Environment.CpuUsage.TotalTime;
            var report = await run.RunAsync(At(First.AddDays(Days - 1)));
            var reportCpu = Environment.CpuUsage.TotalTime - beforeReport;

            // One more day arrives as instances write it: its run costs its own events and the sums of the days before.
            var next = First.AddDays(Days);
            var last = Path.Combine(folder, "last.ndjson");
            UsageGenerator.Write(last, next, events / Days, Datasets);
            await storage.Usage.GetBlobClient(UsageDays.EventFile(next, "bench", 1)).UploadAsync(last);
            var beforeDaily = Environment.CpuUsage.TotalTime;
            var daily = await run.RunAsync(At(next));
            var dailyCpu = Environment.CpuUsage.TotalTime - beforeDaily;

            using var process = Process.GetCurrentProcess();
            var editions = $"{report.Editions.Count} editions of {report.Figures} figures";
            var (rate, aDay) = (events / compaction.Elapsed.TotalSeconds, compaction.Elapsed.TotalSeconds / Days);
            Print($"""
                | what | measured |
                | --- | --- |
                | events | {events:#,0} over {Days} days, {bytes / 1e9:0.0} GB of NDJSON, {Datasets:#,0} datasets |
                | compaction of all days | {Seconds(compaction.Elapsed, compactionCpu)}, {rate:#,0} events a second, {aDay:0.00} s a day |
                | sums that the report reads | {sums / 1e6:0.0} MB of Parquet |
                | report over all days, {editions} | {Seconds(report.Took, reportCpu)}, {report.Requests:#,0} requests counted |
                | run of one more day, from its events in storage to its reports | {Seconds(daily.Took, dailyCpu)} |
                | peak memory of the process, generator included | {process.PeakWorkingSet64 / 1e6:#,0} MB |
                | processors | {Environment.ProcessorCount} |
                """);
            return (compaction.Elapsed + report.Took).TotalMinutes < 10 && process.PeakWorkingSet64 < 1_500_000_000 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Seconds(TimeSpan elapsed, TimeSpan processor) => string.Create(
        CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:0.0} s ({processor.TotalSeconds:0.0} CPU seconds)");

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static DateTimeOffset At(DateOnly day) => new(day.AddDays(1), new TimeOnly(1, 0), TimeSpan.Zero); // when the day is over

    private static async Task PublishAsync(DatasetCatalog catalog, int i)
    {
        var id = UsageGenerator.DatasetId(i);
        await catalog.PublishAsync(new DatasetVersion
        {
            DatasetId = id,
            Version = VersionName.Of(id, "1", At(First)),
            ProcessedAt = At(First),
            Source = new SourceFile(id, "1", At(First), 1, "", "", "csv", "utf-8"),
            Fields = [],
            Parts = [],
            Rows = 1,
            ProblemCount = 0,
            Problems = [],
        });
    }
}

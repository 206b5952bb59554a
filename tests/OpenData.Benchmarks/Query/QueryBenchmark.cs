using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using Microsoft.Extensions.DependencyInjection;
using OpenData.Query;
using OpenData.Query.Compilation;
using OpenData.Query.Formats;

namespace OpenData.Benchmarks.Query;

/// <summary>
/// <c>query [rows] [section …]</c>: what our HTTP path costs over the bare statement; ten questions against SQLite and PostgreSQL over the
/// same rows; exports against DuckDB's own COPY; and many clients at once. PostgreSQL takes part where <c>POSTGRES</c> holds a connection
/// string to an empty database. Without sections all of them run.
/// </summary>
internal static class QueryBenchmark
{
    private const int Rounds = 7;

    private static readonly Dictionary<string, Func<BenchmarkServer, Task>> Sections = new(StringComparer.Ordinal)
    {
        ["overhead"] = OverheadAsync,
        ["questions"] = QuestionsAsync,
        ["exports"] = ExportsAsync,
        ["clients"] = ClientsAsync,
    };

    public static async Task<int> RunAsync(string[] args)
    {
        var rows = args.Length > 0 && long.TryParse(args[0], CultureInfo.InvariantCulture, out var count) ? count : 5_000_000;
        var sections = args.Where(Sections.ContainsKey).ToList();
        await using var server = await BenchmarkServer.StartAsync(rows);
        Console.WriteLine($"# Query, {rows:N0} rows, {Environment.ProcessorCount} processors, {DateTime.UtcNow:yyyy-MM-dd}\n");
        foreach (var section in sections.Count > 0 ? sections : [.. Sections.Keys]) await Sections[section](server);
        return 0;
    }

    // (a) The same small statement: bare, by DuckDB's own reader, and over HTTP.
    private static async Task OverheadAsync(BenchmarkServer server)
    {
        const string Sql = "SELECT id, region, amount FROM read_parquet('{0}') WHERE id = 4711 LIMIT 10";
        using var duckDb = new DuckDBConnection("Data Source=:memory:");
        duckDb.Open();
        RowStores.Read(duckDb, "SET parquet_metadata_cache = true");
        var bare = Median(() => Task.FromResult(RowStores.Read(duckDb, Sql.Replace("{0}", server.File, StringComparison.Ordinal))), 50);
        var http = Median(() => server.GetAsync("records?select=id,region,amount&where=id=4711"), 50);
        Console.WriteLine("## A small answer");
        Console.WriteLine();
        Console.WriteLine("| | median ms |");
        Console.WriteLine("| --- | --- |");
        Console.WriteLine($"| the bare statement in DuckDB | {await bare:0.00} |");
        Console.WriteLine($"| over HTTP, with its total_count | {await http:0.00} |");
        Console.WriteLine();
    }

    // (b) Ten questions.
    private static async Task QuestionsAsync(BenchmarkServer server)
    {
        using var sqlite = RowStores.OpenSqlite(server.File);
        using var postgres = RowStores.OpenPostgres(server.File);
        Console.WriteLine("## Ten questions, median ms; ours over HTTP with total_count, the others by their own readers");
        Console.WriteLine();
        Console.WriteLine("| question | ours | SQLite | PostgreSQL |");
        Console.WriteLine("| --- | --- | --- | --- |");
        foreach (var (name, ours, sql) in Questions.All)
        {
            var http = await Median(() => server.GetAsync(ours), Rounds);
            var lite = await Median(() => Task.FromResult(RowStores.Read(sqlite, sql)), Rounds);
            var pg = postgres is null ? (double?)null : await Median(() => Task.FromResult(RowStores.Read(postgres, sql)), Rounds);
            Console.WriteLine($"| {name} | {http:0.0} | {lite:0.0} | {(pg is null ? "not run" : $"{pg:0.0}")} |");
        }

        Console.WriteLine();
    }

    // (c) The whole table as JSON and CSV: ours into nowhere and to a client on the same processors, DuckDB's into a file.
    private static async Task ExportsAsync(BenchmarkServer server)
    {
        Console.WriteLine("## The whole table, rows a second");
        Console.WriteLine();
        Console.WriteLine("| format | ours | ours over HTTP | DuckDB's COPY |");
        Console.WriteLine("| --- | --- | --- | --- |");
        var engine = server.Services.GetRequiredService<QueryEngine>();
        var dataset = (await engine.FindAsync(BenchmarkServer.Id, null, OpenData.Catalog.Publication.Viewer.Anybody))!;
        using var duckDb = new DuckDBConnection("Data Source=:memory:");
        duckDb.Open();
        foreach (var (format, copy) in new[]
        {
            (RecordFormat.Json, "FORMAT json, ARRAY true"),
            (RecordFormat.Csv, "FORMAT csv, HEADER true, DELIMITER ';'"),
        })
        {
            var target = Path.GetTempFileName();
            var theirs = await Median(
                () => Task.FromResult(RowStores.Read(duckDb, $"COPY (SELECT * FROM read_parquet('{server.File}')) TO '{target}' ({copy})")),
                3);
            File.Delete(target);
            var ours = await Median(async () =>
            {
                using var export = await engine.ExportAsync(dataset, new QueryRequest(), format, new FormatOptions());
                await export.WriteAsync(Stream.Null, CancellationToken.None);
                return export.Rows;
            }, 3);
            var http = await Median(() => server.StreamAsync($"exports/{format.ToString().ToLowerInvariant()}"), 3);
            Console.WriteLine(
                $"| {format} | {server.Rows / ours * 1000:N0} | {server.Rows / http * 1000:N0} | {server.Rows / theirs * 1000:N0} |");
        }

        Console.WriteLine();
    }

    // (d) Clients that ask again as soon as they are answered; they share the processors with the server.
    private static async Task ClientsAsync(BenchmarkServer server)
    {
        Console.WriteLine("## Clients at once, ten seconds each, a mix of small questions");
        Console.WriteLine();
        Console.WriteLine("| clients | answers a second | median ms | p99 ms | resident MB |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var clients in new[] { 1, 8, 64 })
        {
            var times = new List<double>();
            using var over = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
            {
                var mine = new List<double>();
                for (var i = client; !over.IsCancellationRequested; i++)
                {
                    var started = Stopwatch.GetTimestamp();
                    await server.GetAsync(Questions.Small[i % Questions.Small.Length]);
                    mine.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }

                lock (times) times.AddRange(mine);
            })));
            times.Sort();
            using var process = Process.GetCurrentProcess();
            Console.WriteLine(
                $"| {clients} | {times.Count / 10.0:0} | {times[times.Count / 2]:0.0} | {times[(int)(times.Count * 0.99)]:0.0} | "
                + $"{process.WorkingSet64 / 1e6:0} |");
        }

        Console.WriteLine();
    }

    // The first run warms up.
    private static async Task<double> Median(Func<Task<long>> work, int rounds)
    {
        await work();
        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            await work();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }
}

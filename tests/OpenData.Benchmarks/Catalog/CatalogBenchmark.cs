using System.Diagnostics;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using OpenData.Catalog;
using OpenData.DuckDb;
using OpenData.Lake;
using OpenData.LocalHost.Azurite;
using OpenData.Query;
using OpenData.Query.Compilation;
using OpenData.Query.Formats;
using OpenData.Query.Subjects;

namespace OpenData.Benchmarks.Catalog;

/// <summary>
/// The catalogue with 100,000 datasets of 1,000 agencies: start, page, search, facets, following, memory; and the searches beside
/// PostgreSQL with the same texts, a trigram GIN index and a tsvector, where the environment variable POSTGRES names one.
/// </summary>
internal static class CatalogBenchmark
{
    private const int Batch = 1_000;
    private const int Repeats = 21;

    private static readonly string[] Terms = ["대기오염", "수질", "미세먼지 예보", "아파트 실거래가", "측정소명", "서울특별시 화재"];

    public static async Task<int> RunAsync(string[] args)
    {
        var datasets = args is [{ } text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 100_000;
        await AzuriteInstallation.EnsureAsync(() => { });
        await using var azurite = await AzuriteServer.StartInMemoryAsync();
        var storage = StorageConnection.Open(azurite.ConnectionString, "bench");
        await storage.CreateAsync();
        var folder = Directory.CreateTempSubdirectory("opendata-bench-").FullName;
        try
        {
            await WriteBaseAsync(storage, folder, datasets);
            await MeasureAsync(storage, folder, datasets);
            if (Environment.GetEnvironmentVariable("POSTGRES") is { Length: > 0 } connection) MeasurePostgres(connection, datasets);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WriteBaseAsync(Storage storage, string folder, int datasets)
    {
        var file = Path.Combine(folder, "base.parquet");
        using (var duckDb = new Database(new DatabaseOptions { MemoryMegabytes = 500 }))
        using (var table = new CatalogTable(duckDb, folder))
        {
            using (var replacement = table.Replace())
            {
                for (var from = 0; from < datasets; from += Batch)
                {
                    var numbers = Enumerable.Range(from, Math.Min(Batch, datasets - from));
                    replacement.Add(numbers.Select(number => GeneratedCatalog.Record(number)));
                }

                replacement.Complete();
            }

            using var frozen = table.Freeze();
            CatalogTable.Write(frozen, file);
        }

        await storage.Catalog.GetBlobClient("generated.parquet").UploadAsync(file);
        await new CatalogBase(0, CatalogColumns.Form, "generated.parquet", datasets).TryServeAsync(storage, instead: null);
        Console.WriteLine($"base of {datasets:N0} datasets: {new FileInfo(file).Length / 1e6:f1} MB of Parquet");
    }

    private static async Task MeasureAsync(Storage storage, string folder, int datasets)
    {
        var settings = new OpenDataSettings { CachePath = Path.Combine(folder, "cache") };
        using var cache = new ParquetCache(storage, settings.CachePath, settings.CacheBytes);
        var catalog = new DatasetCatalog(storage);
        using var engine = new QueryEngine(storage, catalog, cache, settings, TimeProvider.System);
        var before = Resident();
        var clock = Stopwatch.StartNew();
        var rows = (await engine.CatalogAsync()).Rows;
        await PageAsync(engine, new QueryRequest { Limit = 10 });
        var started = clock.ElapsedMilliseconds;
        Console.WriteLine($"start to the first page ({rows:N0} datasets): {started:N0} ms, {Resident() - before:N0} MB more");

        await PrintAsync("first page", () => PageAsync(engine, new QueryRequest { Limit = 10, OrderBy = "-modified" }));
        await PrintAsync("facets with a filter", async () => await engine.FacetsAsync(
            await engine.CatalogAsync(),
            new QueryRequest { Where = ["license = \"KOGL-4\""], Facets = ["publisher", "theme", "keyword"] }));
        foreach (var term in Terms)
        {
            await PrintAsync($"search '{term}'", () => PageAsync(engine, new QueryRequest { Limit = 10, Where = [$"search(\"{term}\")"] }));
        }

        for (var i = 0; i < 5; i++)
        {
            var (entry, version) = GeneratedCatalog.Dataset(i, revision: 2);
            await catalog.DescribeAsync(entry.Id, entry.Metadata, version.Source.DroppedAt);
            clock.Restart();
            await catalog.PublishAsync(version);
            var published = clock.ElapsedMilliseconds;
            var question = new QueryRequest { Where = [$"version = \"{version.Version}\""], Limit = 1 };
            while (!(await PageAsync(engine, question)).Contains(version.Version, StringComparison.Ordinal)) await Task.Delay(10);

            Console.WriteLine($"published in {published} ms, seen after {clock.ElapsedMilliseconds} ms");
        }

        clock.Restart();
        var count = 0;
        using (var export = await engine.DatasetsAsync(await engine.CatalogAsync(), new QueryRequest()))
        {
            foreach (var _ in export.Read(CancellationToken.None)) count++;
        }

        Console.WriteLine($"all {count:N0} datasets read for a harvester: {clock.ElapsedMilliseconds:N0} ms");
        Console.WriteLine($"memory: {Resident() - before:N0} MB above an engine without a catalogue, of {datasets:N0} datasets");
    }

    private static void MeasurePostgres(string connection, int datasets)
    {
        using var postgres = new NpgsqlConnection(connection);
        postgres.Open();
        Execute("CREATE EXTENSION IF NOT EXISTS pg_trgm; DROP TABLE IF EXISTS datasets; "
            + "CREATE TABLE datasets (id text PRIMARY KEY, title text, rest text, modified timestamptz)");
        using (var writer = postgres.BeginBinaryImport("COPY datasets (id, title, rest, modified) FROM STDIN (FORMAT BINARY)"))
        {
            for (var i = 0; i < datasets; i++)
            {
                var record = GeneratedCatalog.Record(i);
                var metadata = record.Entry.Metadata;
                writer.StartRow();
                writer.Write(record.Version.DatasetId, NpgsqlDbType.Text);
                writer.Write(metadata.Title!, NpgsqlDbType.Text);
                var rest = metadata.Keyword.Append(metadata.Publisher!)
                    .Concat(record.Version.Fields.Select(field => field.Label)).Append(metadata.Description!);
                writer.Write(string.Join('\n', rest), NpgsqlDbType.Text);
                writer.Write(record.Version.Source.DroppedAt.UtcDateTime, NpgsqlDbType.TimestampTz);
            }

            writer.Complete();
        }

        Execute("ALTER TABLE datasets ADD COLUMN search text GENERATED ALWAYS AS (title || E'\\n' || rest) STORED, "
            + "ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple', title || ' ' || rest)) STORED; "
            + "CREATE INDEX ON datasets USING gin (search gin_trgm_ops); CREATE INDEX ON datasets USING gin (words)");
        Execute("VACUUM ANALYZE datasets");
        foreach (var term in Terms)
        {
            var parts = string.Join(" AND ", term.Split(' ').Select(part => $"search LIKE '%{part}%'"));
            var words = string.Join(" & ", term.Split(' ').Select(part => part + ":*"));
            Print($"PostgreSQL, trigrams, '{term}'", $"SELECT id, title FROM datasets WHERE {parts} "
                + $"ORDER BY similarity(title, '{term}') DESC, id LIMIT 10", $"SELECT count(*) FROM datasets WHERE {parts}");
            Print($"PostgreSQL, tsvector, '{term}'", $"SELECT id, title FROM datasets WHERE words @@ to_tsquery('simple', '{words}') "
                + $"ORDER BY ts_rank(words, to_tsquery('simple', '{words}')) DESC, id LIMIT 10",
                $"SELECT count(*) FROM datasets WHERE words @@ to_tsquery('simple', '{words}')");
        }

        void Execute(string sql)
        {
            using var command = new NpgsqlCommand(sql, postgres) { CommandTimeout = 600 };
            command.ExecuteNonQuery();
        }

        void Print(string name, params string[] statements)
        {
            var times = new List<double>();
            for (var i = 0; i < Repeats; i++)
            {
                var clock = Stopwatch.StartNew();
                foreach (var sql in statements)
                {
                    using var command = new NpgsqlCommand(sql, postgres);
                    using var reader = command.ExecuteReader();
                    while (reader.Read())
                    {
                        // To the end.
                    }
                }

                times.Add(clock.Elapsed.TotalMilliseconds);
            }

            times.Sort();
            Console.WriteLine($"{name}: {times[Repeats / 2]:f1} ms");
        }
    }

    // Each question is another one, so that no answer comes from memory.
    private static async Task<string> PageAsync(QueryEngine engine, QueryRequest request)
    {
        var asked = request with { Where = [.. request.Where, $"records_count > -{Stopwatch.GetTimestamp()}"] };
        var page = await engine.RecordsAsync(await engine.CatalogAsync(), asked, RecordFormat.Json, new FormatOptions(), count: true);
        return System.Text.Encoding.UTF8.GetString(page.Content.Span);
    }

    private static async Task PrintAsync(string name, Func<Task> work)
    {
        var times = new List<double>();
        for (var i = 0; i < Repeats; i++)
        {
            var clock = Stopwatch.StartNew();
            await work();
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine($"{name}: {times[Repeats / 2]:f1} ms (fastest {times[0]:f1})");
    }

    private static double Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / 1e6;
    }
}

using System.Security.Cryptography;
using DuckDB.NET.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenData.Api;
using OpenData.Api.Pipeline;
using OpenData.Benchmarks.Ingest;
using OpenData.Catalog;
using OpenData.Ingest;
using OpenData.Ingest.Records;
using OpenData.Ingest.Typing;
using OpenData.Lake;
using OpenData.LocalHost.Azurite;

namespace OpenData.Benchmarks.Query;

/// <summary>The API in this process, over a generated dataset in an Azurite of its own.</summary>
internal sealed class BenchmarkServer : IAsyncDisposable
{
    public const string Id = "records@bench";

    private readonly WebApplication _app;
    private readonly AzuriteServer _azurite;
    private readonly string _folder;
    private readonly HttpClient _http;

    private BenchmarkServer(WebApplication app, AzuriteServer azurite, string folder, string file, long rows)
    {
        _app = app;
        _azurite = azurite;
        _folder = folder;
        File = file;
        Rows = rows;
        _http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    /// <summary>The rows as a Parquet file, for the others.</summary>
    public string File { get; }

    public long Rows { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<BenchmarkServer> StartAsync(long rows)
    {
        var folder = Directory.CreateTempSubdirectory("opendata-benchmark-").FullName;
        var file = Path.Combine(folder, "records.parquet");
        var fields = await GenerateAsync(file, rows);
        await AzuriteInstallation.EnsureAsync(() => { });
        var azurite = await AzuriteServer.StartInMemoryAsync();
        var storage = StorageConnection.Open(azurite.ConnectionString);
        await storage.CreateAsync();
        await PublishAsync(storage, file, fields, rows);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(storage);
        builder.Services.AddSingleton(new OpenDataSettings { CachePath = folder, CallsPerMinute = int.MaxValue, QuerySeconds = 120 });
        builder.Services.AddOpenDataApi(builder.Configuration).AddSingleton(new CallerSource(FromConnection: true));
        var app = builder.Build();
        app.MapOpenDataApi();
        await app.StartAsync();
        return new BenchmarkServer(app, azurite, folder, file, rows);
    }

    /// <summary>Asks, and reads all of the answer; returns its bytes.</summary>
    public async Task<long> GetAsync(string path)
    {
        using var response = await _http.GetAsync($"/api/explore/v2.1/catalog/datasets/{Id}/{path}");
        var body = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode
            ? body.Length
            : throw new InvalidOperationException(
                $"{path} answered {(int)response.StatusCode}: {System.Text.Encoding.UTF8.GetString(body)}");
    }

    /// <summary>Asks, and reads the answer as it comes without keeping it; returns its bytes.</summary>
    public async Task<long> StreamAsync(string path)
    {
        using var response = await _http.GetAsync(
            $"/api/explore/v2.1/catalog/datasets/{Id}/{path}", HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[256 * 1024];
        var bytes = 0L;
        for (int read; (read = await body.ReadAsync(buffer)) > 0;) bytes += read;
        return bytes;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        await _azurite.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    // Through ingest, so that the layout is the one that is served: rows in the order they came.
    private static async Task<IReadOnlyList<Field>> GenerateAsync(string file, long rows)
    {
        var csv = Path.ChangeExtension(file, ".csv");
        using (var duckDb = new DuckDBConnection("Data Source=:memory:"))
        {
            duckDb.Open();
            using var command = duckDb.CreateCommand();
            command.CommandText =
                $"""
                COPY (SELECT
                    i AS id, TIMESTAMP '2024-01-01' + to_seconds(CAST(i * 31536000 // {rows} AS BIGINT)) AS at,
                    'region ' || hash(i) % 17 AS region, 'category ' || hash(i + 1) % 100 AS category,
                    CAST(hash(i + 2) % 800000 AS BIGINT) AS person, CAST(hash(i + 3) % 1000000 / 100 AS DECIMAL(18, 2)) AS amount,
                    (hash(i + 4) % 1000000) / 7 AS value,
                    'incident ' || hash(i + 5) % 5000 || ' near the '
                      || ['harbour', 'bridge', 'market', 'school', 'lantern street', 'mill', 'station', 'park']
                        [1 + CAST(hash(i + 6) % 8 AS BIGINT)] AS note,
                    hash(i + 7) % 3 = 0 AS flag
                  FROM range({rows}) t(i)) TO '{csv}' (FORMAT csv, HEADER true)
                """;
            command.ExecuteNonQuery();
        }

        var converted = await Conversion.RunAsync(
            new LocalFileContent(csv), new DatasetMetadata(), null, new OneFile(file), ConversionOptions.Default, default);
        System.IO.File.Delete(csv);
        return converted.Rows == rows ? converted.Fields : throw new InvalidOperationException($"{converted.Rows} rows were ingested.");
    }

    private static async Task PublishAsync(Storage storage, string file, IReadOnlyList<Field> fields, long rows)
    {
        var id = DatasetId.Parse(Id);
        var dropped = new DateTimeOffset(2026, 3, 5, 0, 0, 0, TimeSpan.Zero);
        var name = VersionName.Of("bench/records/records.csv", "1", dropped);
        var blob = storage.Lake.GetBlobClient($"{VersionName.Folder(id, name)}part-00000-00000000.parquet");
        var uploaded = await blob.UploadAsync(file);
        await using var content = System.IO.File.OpenRead(file);
        var version = new DatasetVersion
        {
            DatasetId = Id,
            Version = name,
            ProcessedAt = dropped,
            Source = new SourceFile("bench/records/records.csv", "1", dropped, 0, "", "", "csv", "utf-8"),
            Fields = fields,
            Parts = [new Part(
                blob.Name,
                uploaded.Value.ETag.ToString(),
                new FileInfo(file).Length,
                rows,
                Convert.ToHexStringLower(await SHA256.HashDataAsync(content)))],
            Rows = rows,
            ProblemCount = 0,
            Problems = [],
        };
        await storage.Lake
            .GetBlobClient(VersionName.Manifest(id, name))
            .UploadAsync(BinaryData.FromObjectAsJson(version, OpenDataJson.Options));
        await new DatasetCatalog(storage).PublishAsync(version);
    }
}

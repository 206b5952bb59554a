using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
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

    /// <summary>Starts it with a dataset of so many rows.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="querySeconds">How long a statement may take; long, where it is not what is measured.</param>
    public static async Task<BenchmarkServer> StartAsync(long rows, int querySeconds = 120)
    {
        var folder = Directory.CreateTempSubdirectory("opendata-benchmark-").FullName;
        var file = Path.Combine(folder, "records.parquet");
        await AzuriteInstallation.EnsureAsync(() => { });
        var azurite = await AzuriteServer.StartInMemoryAsync();
        var storage = StorageConnection.Open(azurite.ConnectionString);
        await storage.CreateAsync();
        await GenerateAsync(storage, Id, file, rows, RecordsSql);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(storage);
        builder.Services.AddSingleton(new OpenDataSettings
        {
            CachePath = folder,
            CallsPerMinute = int.MaxValue,
            QuerySeconds = querySeconds,
        });
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

    /// <summary>Asks as a caller of an address of its own; how it was answered.</summary>
    /// <param name="address">What is asked, from the root.</param>
    /// <param name="caller">The caller's number.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<(HttpStatusCode Status, bool HasRetryAfter)> AskAsync(string address, int caller, CancellationToken cancellation)
    {
        using var request = Request(address);
        request.Headers.Add("X-Forwarded-For", $"198.51.100.{caller}");
        using var response = await _http.SendAsync(request, cancellation);
        await response.Content.ReadAsByteArrayAsync(cancellation);
        return (response.StatusCode, response.Headers.RetryAfter is not null);
    }

    // What is too long for an address is asked by POST.
    private static HttpRequestMessage Request(string address)
    {
        const int LongestAddress = 4_096;
        if (address.Length <= LongestAddress) return new HttpRequestMessage(HttpMethod.Get, address);
        var at = address.IndexOf('?', StringComparison.Ordinal);
        var body = address[(at + 1)..].Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return new HttpRequestMessage(HttpMethod.Post, address[..at])
        {
            Content = new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json"),
        };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        await _azurite.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Adds a dataset.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="sql">Makes them of <c>{rows}</c>, with DuckDB.</param>
    public async Task AddAsync(string id, long rows, string sql)
    {
        var storage = Services.GetRequiredService<Storage>();
        await GenerateAsync(storage, id, Path.Combine(_folder, id + ".parquet"), rows, sql);
    }

    private const string RecordsSql =
        """
        SELECT
            i AS id, TIMESTAMP '2024-01-01' + to_seconds(CAST(i * 31536000 // {rows} AS BIGINT)) AS at,
            'region ' || hash(i) % 17 AS region, 'category ' || hash(i + 1) % 100 AS category,
            CAST(hash(i + 2) % 800000 AS BIGINT) AS person, CAST(hash(i + 3) % 1000000 / 100 AS DECIMAL(18, 2)) AS amount,
            (hash(i + 4) % 1000000) / 7 AS value,
            'incident ' || hash(i + 5) % 5000 || ' near the '
                || ['harbour', 'bridge', 'market', 'school', 'lantern street', 'mill', 'station', 'park']
                [1 + CAST(hash(i + 6) % 8 AS BIGINT)] AS note,
            hash(i + 7) % 3 = 0 AS flag
        FROM range({rows}) t(i)
        """;

    // Through ingest, so that the layout is the one that is served: rows in the order they came.
    private static async Task GenerateAsync(Storage storage, string id, string file, long rows, string sql)
    {
        var csv = Path.ChangeExtension(file, ".csv");
        using (var duckDb = new DuckDBConnection("Data Source=:memory:"))
        {
            duckDb.Open();
            using var command = duckDb.CreateCommand();
            var made = sql.Replace("{rows}", rows.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            command.CommandText = $"COPY ({made}) TO '{csv}' (FORMAT csv, HEADER true)";
            command.ExecuteNonQuery();
        }

        var converted = await Conversion.RunAsync(
            new LocalFileContent(csv), new DatasetMetadata(), null, new OneFile(file), ConversionOptions.Default, default);
        System.IO.File.Delete(csv);
        if (converted.Rows != rows) throw new InvalidOperationException($"{converted.Rows} rows were ingested.");
        await PublishAsync(storage, DatasetId.Parse(id), file, converted.Fields, rows);
    }

    private static async Task PublishAsync(Storage storage, DatasetId id, string file, IReadOnlyList<Field> fields, long rows)
    {
        var dropped = new DateTimeOffset(2026, 3, 5, 0, 0, 0, TimeSpan.Zero);
        var name = VersionName.Of($"bench/{id.Dataset}/records.csv", "1", dropped);
        var blob = storage.Lake.GetBlobClient($"{VersionName.Folder(id, name)}part-00000-00000000.parquet");
        var uploaded = await blob.UploadAsync(file);
        await using var content = System.IO.File.OpenRead(file);
        var version = new DatasetVersion
        {
            DatasetId = id.ToString(),
            Version = name,
            ProcessedAt = dropped,
            Source = new SourceFile($"bench/{id.Dataset}/records.csv", "1", dropped, 0, "", "", "csv", "utf-8"),
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

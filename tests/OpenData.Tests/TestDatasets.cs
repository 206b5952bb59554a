using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using DuckDB.NET.Data;
using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.Tests;

/// <summary>
/// Published datasets without an ingest: a Parquet file that DuckDB writes, its manifest, and the catalogue's pointer to it.
/// </summary>
internal static class TestDatasets
{
    /// <summary>Publishes the rows of a SELECT as a new version.</summary>
    /// <param name="storage">Where to.</param>
    /// <param name="id">The dataset.</param>
    /// <param name="select">The rows; each of them becomes one Parquet part if there are several.</param>
    /// <param name="fields">The fields, one for each column of the SELECT, and points besides.</param>
    /// <param name="metadata">What the agency says of it.</param>
    /// <param name="droppedAt">When the source was dropped.</param>
    /// <param name="profile">What ingest found in the data, as it stands in the manifest.</param>
    public static async Task<DatasetVersion> PublishAsync(
        Storage storage,
        string id,
        string[] select,
        Field[] fields,
        DatasetMetadata? metadata = null,
        DateTimeOffset? droppedAt = null,
        object? profile = null)
    {
        var dataset = DatasetId.Parse(id);
        var dropped = droppedAt ?? new DateTimeOffset(2026, 3, 5, 0, 0, 0, TimeSpan.Zero);
        var path = $"{dataset.Agency}/{dataset.Dataset}/data.csv";
        var name = VersionName.Of(path, "\"0x1\"", dropped);
        var parts = new List<Part>();
        foreach (var (sql, i) in select.Select((sql, i) => (sql, i)))
        {
            var part = string.Create(CultureInfo.InvariantCulture, $"part-{i:d5}-{Guid.NewGuid().ToString("n")[..8]}.parquet");
            parts.Add(await WritePartAsync(storage, VersionName.Folder(dataset, name) + part, sql));
        }

        var original = VersionName.Folder(dataset, name) + "source/data.csv";
        await storage.Lake.GetBlobClient(original).UploadAsync(BinaryData.FromString("name\n홍대\n"));
        var version = new DatasetVersion
        {
            DatasetId = id,
            Version = name,
            ProcessedAt = dropped.AddMinutes(1),
            Source = new SourceFile(path, "\"0x1\"", dropped, 100, new string('0', 64), original, "csv", "utf-8"),
            Fields = fields,
            Parts = parts,
            Rows = parts.Sum(part => part.Rows),
            ProblemCount = 0,
            Problems = [],
            Profile = profile is null ? null : JsonSerializer.SerializeToElement(profile),
        };
        await storage.Lake
            .GetBlobClient(VersionName.Manifest(dataset, name))
            .UploadAsync(BinaryData.FromObjectAsJson(version, OpenDataJson.Options));
        var catalog = new DatasetCatalog(storage);
        await catalog.DescribeAsync(dataset, metadata ?? new DatasetMetadata(), dropped);
        await catalog.PublishAsync(version);
        return version;
    }

    /// <summary>A field whose label is its name.</summary>
    public static Field Field(string name, FieldType type, int? scale = null) =>
        new() { Name = name, Label = name, Type = type, Scale = scale };

    private static async Task<Part> WritePartAsync(Storage storage, string blob, string select)
    {
        var file = Path.GetTempFileName();
        try
        {
            using (var duckDb = new DuckDBConnection("Data Source=:memory:"))
            {
                duckDb.Open();
                using var copy = duckDb.CreateCommand();
                copy.CommandText = $"SET TimeZone = 'UTC'; COPY ({select}) TO '{file}' (FORMAT parquet)";
                copy.ExecuteNonQuery();
            }

            var bytes = await File.ReadAllBytesAsync(file);
            var uploaded = await storage.Lake.GetBlobClient(blob).UploadAsync(BinaryData.FromBytes(bytes));
            return new Part(
                blob, uploaded.Value.ETag.ToString(), bytes.Length, CountRows(file), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static long CountRows(string file)
    {
        using var duckDb = new DuckDBConnection("Data Source=:memory:");
        duckDb.Open();
        using var count = duckDb.CreateCommand();
        count.CommandText = $"SELECT count(*) FROM read_parquet('{file}')";
        return (long)count.ExecuteScalar()!;
    }
}

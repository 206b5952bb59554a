using System.Security.Cryptography;
using System.Text.Json;
using DuckDB.NET.Data;
using OpenData.Catalog;
using OpenData.Ingest.Publishing;
using Parquet;

namespace OpenData.Tests.Lake;

/// <summary>The recipe of docs/lake.md, step by step, with nothing of ours but the manifest's names: what any other engine does.</summary>
public class LakeRecipeTests
{
    [Fact]
    public async Task Another_engine_finds_the_latest_version_and_reads_the_parts_that_its_manifest_names()
    {
        var storage = await TestStorage.CreateAsync();
        var ingestor = new Ingestor(storage, new DatasetCatalog(storage), new UploadLog(storage), TimeProvider.System);
        foreach (var rows in new[] { "1,가,2026-01-01,1.5,true\n", "1,가,2026-01-01,1.5,true\n2,나,2026-01-02,2.25,false\n" })
        {
            await storage.Incoming.GetBlobClient("seoul/all/all.csv").UploadAsync(
                BinaryData.FromString("id,이름,날짜,금액,여부\n" + rows), overwrite: true);
            Assert.Equal(UploadState.Published, (await ingestor.IngestAsync("seoul/all/all.csv"))!.State);
        }

        // What an attempt left that was cut off: in no manifest, so nobody reads it.
        await storage.Lake
            .GetBlobClient("all@seoul/99991231T000000000Z-00000000/part-00000-deadbeef.parquet")
            .UploadAsync(BinaryData.FromString("PAR1"));

        var manifests = new List<string>();
        await foreach (var blob in storage.Lake.GetBlobsAsync(
            Azure.Storage.Blobs.Models.BlobTraits.None, Azure.Storage.Blobs.Models.BlobStates.None, "all@seoul/", default))
        {
            if (blob.Name.EndsWith("/version.json", StringComparison.Ordinal)) manifests.Add(blob.Name);
        }

        Assert.Equal(2, manifests.Count);
        using var manifest = JsonDocument.Parse(
            (await storage.Lake.GetBlobClient(manifests.Max(StringComparer.Ordinal)).DownloadContentAsync()).Value.Content);

        var folder = Directory.CreateTempSubdirectory("lake-");
        try
        {
            long rows = 0;
            foreach (var part in manifest.RootElement.GetProperty("parts").EnumerateArray())
            {
                var file = Path.Combine(folder.FullName, Path.GetFileName(part.GetProperty("blob").GetString()!));
                await storage.Lake.GetBlobClient(part.GetProperty("blob").GetString()).DownloadToAsync(file);
                Assert.Equal(
                    part.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file))));
                await using var parquet = await ParquetReader.CreateAsync(file);
                Assert.Equal(["id", "이름", "날짜", "금액", "여부"], parquet.Schema.DataFields.Select(field => field.Name));
                rows += parquet.Metadata!.NumRows;
            }

            Assert.Equal(manifest.RootElement.GetProperty("rows").GetInt64(), rows);
            using var duckDb = new DuckDBConnection("DataSource=:memory:");
            duckDb.Open();
            using var query = duckDb.CreateCommand();
            query.CommandText =
                $"select string_agg(concat_ws('|', id, 이름, 날짜, 금액, 여부), ';' order by id) from '{folder.FullName}/part-*.parquet'";
            Assert.Equal("1|가|2026-01-01|1.50|true;2|나|2026-01-02|2.25|false", query.ExecuteScalar());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

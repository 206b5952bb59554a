using Microsoft.Extensions.Time.Testing;
using OpenData.Catalog;
using OpenData.Ingest.Publishing;
using OpenData.Lake;

namespace OpenData.Tests.Ingest.Publishing;

public sealed class SweeperTests
{
    [Fact]
    public async Task What_no_version_names_is_swept_once_it_is_old()
    {
        var storage = await TestStorage.CreateAsync();
        var ingestor = new Ingestor(storage, new DatasetCatalog(storage), new UploadLog(storage), TimeProvider.System);
        await storage.Incoming.GetBlobClient("mfds/food/a.csv").UploadAsync(BinaryData.FromString("x,y\n1,2\n"));
        var upload = (await ingestor.IngestAsync("mfds/food/a.csv"))!;
        var folder = $"food@mfds/{upload.Version}/";
        string[] orphans = [
            folder + "part-00000-deadbeef.parquet",
            "food@mfds/20200101T000000000Z-00000000/part-00000-deadbeef.parquet",
            "other@mfds/20200101T000000000Z-00000000/source/b.csv",
        ];
        foreach (var orphan in orphans) await storage.Lake.GetBlobClient(orphan).UploadAsync(BinaryData.FromString("12345"));

        Assert.Equal(new Swept(0, 0, 0), await SweepAsync(storage, TimeSpan.Zero));
        Assert.Equal(new Swept(3, 15, 0), await SweepAsync(storage, TimeSpan.FromDays(2)));

        var left = new List<string>();
        await foreach (var blob in storage.Lake.GetBlobsAsync()) left.Add(blob.Name[folder.Length..].Split('-')[0]);
        Assert.Equal(["part", "source/a.csv", "version.json"], left);
    }

    [Fact]
    public async Task A_record_of_a_drop_that_is_gone_is_ended()
    {
        var storage = await TestStorage.CreateAsync();
        var uploads = new UploadLog(storage);
        var blob = storage.Incoming.GetBlobClient("mfds/food/a.csv");
        await blob.UploadAsync(BinaryData.FromString("x"));
        var still = (await Drop.FindAsync(storage, blob.Name, default))!.Record(UploadState.Processing);
        await uploads.WriteAsync(still);
        await uploads.WriteAsync(still with { UploadId = "1", Path = "mfds/food/gone.csv" });
        await uploads.WriteAsync(still with { UploadId = "2", ETag = "\"0x1\"" });

        Assert.Equal(2, (await SweepAsync(storage, TimeSpan.FromDays(2))).Uploads);
        Assert.Equal(UploadState.Processing, (await uploads.FindAsync("mfds", still.UploadId))!.State);
        Assert.Equal("drop-removed", Assert.Single((await uploads.FindAsync("mfds", "1"))!.Problems).Code);
        Assert.Equal("drop-replaced", Assert.Single((await uploads.FindAsync("mfds", "2"))!.Problems).Code);
    }

    private static Task<Swept> SweepAsync(Storage storage, TimeSpan ahead) =>
        new Sweeper(
            storage, new DatasetCatalog(storage), new UploadLog(storage), new FakeTimeProvider(DateTimeOffset.UtcNow + ahead)).RunAsync();
}

using OpenData.Catalog;
using OpenData.Ingest.Publishing;
using OpenData.Lake;

namespace OpenData.Tests.Ingest.Publishing;

/// <summary>No way of losing an announcement loses a drop.</summary>
public sealed class UnannouncedDropsTests
{
    private static readonly TimeSpan Later = TimeSpan.FromHours(2);

    [Fact]
    public async Task A_drop_that_nobody_announced_is_ingested_once_it_is_old_enough()
    {
        var storage = await TestStorage.CreateAsync();
        await DropAsync(storage, "mfds/food/a.csv", "x,y\n1,2\n");
        await DropAsync(storage, "nfa/broken/b.xlsx", "no workbook");
        await DropAsync(storage, "where-is-this.csv", "x\n1\n");

        Assert.Equal(0, (await LookAsync(storage, TimeSpan.Zero)).Ended);
        Assert.Equal(new FoundDrops(3, 0, [], 0), await LookAsync(storage, Later));
        Assert.Equal(new FoundDrops(0, 0, [], 0), await LookAsync(storage, Later));

        Assert.NotNull(await new DatasetCatalog(storage).FindAsync(DatasetId.Parse("food@mfds")));
        var uploads = await new UploadLog(storage).ListAsync().ToListAsync();
        Assert.Equal(["published food", "rejected ", "rejected broken"], uploads.Select(upload => $"{upload.State.ToString().ToLowerInvariant()} {upload.Dataset}").Order());
    }

    [Fact]
    public async Task What_was_announced_is_left_alone_and_what_was_cut_off_is_ended()
    {
        var storage = await TestStorage.CreateAsync();
        var uploads = new UploadLog(storage);
        await DropAsync(storage, "mfds/food/a.csv", "x,y\n1,2\n");
        await new Ingestor(storage, new DatasetCatalog(storage), uploads, TimeProvider.System).IngestAsync("mfds/food/a.csv");
        await DropAsync(storage, "mfds/drugs/b.csv", "x,y\n1,2\n");
        await uploads.WriteAsync((await Drop.FindAsync(storage, "mfds/drugs/b.csv", default))!.Record(UploadState.Processing));

        // An attempt may still run; after an hour none does.
        Assert.Equal(0, (await LookAsync(storage, TimeSpan.FromMinutes(30))).Ended);
        Assert.Equal(1, (await LookAsync(storage, Later)).Ended);
        Assert.All(await uploads.ListAsync().ToListAsync(), upload => Assert.Equal(UploadState.Published, upload.State));
    }

    [Fact]
    public async Task A_drop_put_in_the_place_of_another_is_a_drop_of_its_own()
    {
        var storage = await TestStorage.CreateAsync();
        await DropAsync(storage, "mfds/food/a.csv", "x,y\n1,2\n");
        Assert.Equal(1, (await LookAsync(storage, Later)).Ended);

        await DropAsync(storage, "mfds/food/a.csv", "x,y\n3,4\n5,6\n");
        Assert.Equal(1, (await LookAsync(storage, Later)).Ended);
        Assert.Equal(2, (await new UploadLog(storage).ListAsync("mfds").ToListAsync()).Count);
    }

    [Fact]
    public async Task Each_hour_it_looks_at_the_last_days_and_with_the_report_at_everything()
    {
        var storage = await TestStorage.CreateAsync();
        await DropAsync(storage, "mfds/food/a.csv", "x,y\n1,2\n");
        var later = UnannouncedDrops.Recent + TimeSpan.FromDays(1);

        Assert.Equal(0, (await LookAsync(storage, later)).Ended);
        Assert.Equal(1, (await LookAsync(storage, later, everything: true)).Ended);
    }

    private static Task DropAsync(Storage storage, string path, string content) =>
        storage.Incoming.GetBlobClient(path).UploadAsync(BinaryData.FromString(content), overwrite: true);

    private static Task<FoundDrops> LookAsync(Storage storage, TimeSpan ahead, bool everything = false)
    {
        var (uploads, time) = (new UploadLog(storage), new LaterTime(ahead));
        return new UnannouncedDrops(storage, uploads, new Ingestor(storage, new DatasetCatalog(storage), uploads, time), time).IngestAsync(everything);
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OpenData.Catalog;
using OpenData.Hosting;
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
        await DropAsync(storage, "nfa/broken/b.xlsx", "\u0001\0\u0002");
        await DropAsync(storage, "where-is-this.csv", "x\n1\n");

        Assert.Empty(await LookAsync(storage, TimeSpan.Zero));
        Assert.Equal(
            ["Published food", "Rejected ", "Rejected broken"],
            (await LookAsync(storage, Later)).Select(upload => $"{upload.State} {upload.Dataset}").Order());
        Assert.Empty(await LookAsync(storage, Later));
        Assert.Equal(3, (await new UploadLog(storage).ListAsync().ToListAsync()).Count);
    }

    [Fact]
    public async Task What_was_cut_off_is_ended_and_what_is_being_done_or_waits_is_left_alone()
    {
        var storage = await TestStorage.CreateAsync();
        var uploads = new UploadLog(storage);
        foreach (var name in new[] { "cut-off", "waiting" }) await DropAsync(storage, $"mfds/{name}/b.csv", "x,y\n1,2\n");
        await uploads.WriteAsync((await Drop.FindAsync(storage, "mfds/cut-off/b.csv", default))!.Record(UploadState.Processing));
        var waiting = (await Drop.FindAsync(storage, "mfds/waiting/b.csv", default))!.Record(UploadState.Processing);
        await uploads.WriteAsync(waiting with { NextTry = DateTimeOffset.UtcNow.AddHours(6) });

        // An attempt may still run; after an hour none does.
        Assert.Empty(await LookAsync(storage, TimeSpan.FromMinutes(30)));
        Assert.Equal("mfds/cut-off/b.csv", Assert.Single(await LookAsync(storage, Later)).Path);
        // The queue lost its message: the try that was promised never came.
        Assert.Equal("mfds/waiting/b.csv", Assert.Single(await LookAsync(storage, TimeSpan.FromHours(8))).Path);
    }

    [Fact]
    public async Task A_drop_put_in_the_place_of_another_is_a_drop_of_its_own()
    {
        var storage = await TestStorage.CreateAsync();
        await DropAsync(storage, "mfds/food/a.csv", "x,y\n1,2\n");
        Assert.Single(await LookAsync(storage, Later));

        await DropAsync(storage, "mfds/food/a.csv", "x,y\n3,4\n5,6\n");
        Assert.Single(await LookAsync(storage, Later));
    }

    [Fact]
    public async Task Each_hour_it_looks_at_the_last_days_and_with_the_report_at_everything()
    {
        var storage = await TestStorage.CreateAsync();
        await DropAsync(storage, "mfds/food/a.csv", "x,y\n1,2\n");
        var later = UnannouncedDrops.Recent + TimeSpan.FromDays(1);

        Assert.Empty(await LookAsync(storage, later));
        Assert.Single(await LookAsync(storage, later, everything: true));
    }

    private static Task DropAsync(Storage storage, string path, string content) =>
        storage.Incoming.GetBlobClient(path).UploadAsync(BinaryData.FromString(content), overwrite: true);

    /// <summary>Looks as if it were later, and ingests what was found.</summary>
    private static async Task<IReadOnlyList<Upload>> LookAsync(Storage storage, TimeSpan ahead, bool everything = false)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(storage)
            .AddSingleton<TimeProvider>(new FakeTimeProvider(DateTimeOffset.UtcNow + ahead))
            .AddOpenData(new ConfigurationBuilder().Build())
            .BuildServiceProvider();
        var found = await services.GetRequiredService<UnannouncedDrops>().AnnounceAsync(everything);
        var ended = await services.GetRequiredService<DropReceiver>().ReceiveDueAsync();
        Assert.Equal(found, ended.Count);
        return ended;
    }
}

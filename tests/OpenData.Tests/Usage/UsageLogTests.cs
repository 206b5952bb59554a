using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OpenData.Lake;
using OpenData.Usage;

namespace OpenData.Tests.Usage;

public class UsageLogTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_clean_stop_loses_nothing()
    {
        var storage = await TestStorage.CreateAsync();
        var log = Log(storage);
        using var stopping = new CancellationTokenSource();
        var running = log.RunAsync(stopping.Token);
        for (var i = 0; i < 1_234; i++) log.Record(Event(Noon, rows: i));
        await stopping.CancelAsync();
        await running;

        Assert.Equal(Enumerable.Range(0, 1_234).Select(i => (long)i), (await EventsAsync(storage, "2026-03-05")).Select(e => e.Rows));
    }

    [Fact]
    public async Task Events_are_in_storage_about_a_second_after_they_happened_without_a_stop()
    {
        var storage = await TestStorage.CreateAsync();
        var time = new FakeTimeProvider(Noon);
        await using var log = new UsageLog(storage, time, LocalTime.Utc, NullLogger<UsageLog>.Instance);
        using var stopping = new CancellationTokenSource();
        var running = log.RunAsync(stopping.Token);
        log.Record(Event(Noon));
        await WaitForEventsAsync(1);
        log.Record(Event(Noon)); // falls into the pause after the first append
        await WaitForEventsAsync(2);

        await stopping.CancelAsync();
        await running;

        async Task WaitForEventsAsync(int count)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while ((await EventsAsync(storage, "2026-03-05")).Count < count)
            {
                patience.Token.ThrowIfCancellationRequested();
                time.Advance(TimeSpan.FromSeconds(1));
            }
        }
    }

    [Fact]
    public async Task Each_event_lies_in_the_folder_of_its_day()
    {
        var storage = await TestStorage.CreateAsync();
        await using var log = Log(storage);
        log.Record(Event(Noon));
        log.Record(Event(Noon.AddDays(1)));
        log.Record(Event(Noon));
        await log.FlushAsync();

        Assert.Equal(2, (await EventsAsync(storage, "2026-03-05")).Count);
        Assert.Single(await EventsAsync(storage, "2026-03-06"));
    }

    [Fact]
    public async Task A_caller_is_one_client_on_one_day_on_every_instance_and_another_the_next_day()
    {
        var storage = await TestStorage.CreateAsync();
        foreach (var day in new[] { Noon, Noon.AddDays(1) })
        {
            for (var instance = 0; instance < 2; instance++)
            {
                await using var log = Log(storage);
                log.Record(Event(day), "203.0.113.7 Browser");
                log.Record(Event(day), "203.0.113.8 Browser");
            }
        }

        var first = (await EventsAsync(storage, "2026-03-05")).Select(e => e.Client).ToList();
        var second = (await EventsAsync(storage, "2026-03-06")).Select(e => e.Client).ToList();
        Assert.Equal(4, first.Count);
        Assert.Equal(2, first.Distinct().Count());
        Assert.Equal(2, second.Distinct().Count());
        Assert.Empty(first.Intersect(second));
    }

    [Fact]
    public async Task Neither_address_nor_salt_outlives_the_day()
    {
        var storage = await TestStorage.CreateAsync();
        await using var log = Log(storage);
        log.Record(Event(Noon), "203.0.113.7 Browser");
        log.Record(Event(Noon.AddDays(1)), "203.0.113.7 Browser");
        await log.FlushAsync();

        await foreach (var blob in storage.Usage.GetBlobsAsync())
        {
            var content = await storage.Usage.GetBlobClient(blob.Name).DownloadContentAsync();
            Assert.DoesNotContain("203.0.113.7", content.Value.Content.ToString(), StringComparison.Ordinal);
        }

        var salts = new List<string>();
        await foreach (var salt in storage.Salts.QueryAsync<Azure.Data.Tables.TableEntity>()) salts.Add(salt.RowKey);
        Assert.Equal(["2026-03-06"], salts);
    }

    [Fact]
    public async Task What_storage_did_not_take_is_written_once_it_answers_again()
    {
        var storage = await TestStorage.CreateAsync();
        await using var log = Log(storage);
        log.Record(Event(Noon, rows: 1));
        await log.FlushAsync();
        await storage.Usage.DeleteAsync();
        log.Record(Event(Noon, rows: 2));
        await Assert.ThrowsAsync<Azure.RequestFailedException>(() => log.FlushAsync());
        log.Record(Event(Noon, rows: 3));
        await storage.Usage.CreateAsync();
        await log.FlushAsync();

        Assert.Equal([2, 3], (await EventsAsync(storage, "2026-03-05")).Select(e => e.Rows));
    }

    private static UsageLog Log(Storage storage) => new(storage, TimeProvider.System, LocalTime.Utc, NullLogger<UsageLog>.Instance);

    private static UsageEvent Event(DateTimeOffset time, long rows = 0) =>
        new() { Time = time, Kind = UsageKind.Records, Status = 200, Rows = rows };

    private static async Task<List<UsageEvent>> EventsAsync(Storage storage, string day)
    {
        var events = new List<UsageEvent>();
        await foreach (var blob in storage.Usage.GetBlobsAsync(
            Azure.Storage.Blobs.Models.BlobTraits.None, Azure.Storage.Blobs.Models.BlobStates.None, $"events/{day}/", default))
        {
            var content = await storage.Usage.GetBlobClient(blob.Name).DownloadContentAsync();
            foreach (var line in content.Value.Content.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                events.Add(JsonSerializer.Deserialize<UsageEvent>(line, OpenDataJson.Options)!);
            }
        }

        return events;
    }
}

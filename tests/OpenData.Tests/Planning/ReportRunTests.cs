using System.Security.Cryptography;
using System.Text.Json;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging.Abstractions;
using OpenData.Catalog;
using OpenData.Lake;
using OpenData.Planning;
using OpenData.Usage;

namespace OpenData.Tests.Planning;

public class ReportRunTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 5, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task No_data_makes_a_report_that_says_so()
    {
        var storage = await TestStorage.CreateAsync();
        var summary = await Run(storage).RunAsync(Now.AddDays(1));

        Assert.Equal("2026-03-05", summary.Editions[0]);
        Assert.Contains("Nothing to show", await TextAsync(storage, "latest/report.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Use_is_counted_by_dataset_agency_and_day()
    {
        var storage = await TestStorage.CreateAsync();
        await PublishAsync(storage, "trades@molit");
        await PublishAsync(storage, "fires@nfa");
        await using (var log = new UsageLog(storage, TimeProvider.System, LocalTime.Utc, NullLogger<UsageLog>.Instance))
        {
            log.Record(Event(Now, UsageKind.Records, "trades@molit", rows: 10), "a");
            log.Record(Event(Now, UsageKind.Records, "trades@molit", rows: 5), "b");
            log.Record(Event(Now.AddDays(-1), UsageKind.Export, "trades@molit", rows: 100), "a");
            log.Record(Event(Now, UsageKind.Dataset, "fires@nfa"), "a");
            log.Record(Event(Now, UsageKind.Records, "trades@molit", status: 400), "a");
            log.Record(Event(Now, UsageKind.Records, "trades@molit", rows: 7) with { Bot = true }, "c");
            log.Record(Event(Now, UsageKind.Health, null), "c");
        }

        await Run(storage).RunAsync(Now.AddDays(1));

        var figures = await FiguresAsync(storage, "latest");
        Assert.Equal(
            (4, 115), (figures["totals"][0].GetProperty("requests").GetInt64(), figures["totals"][0].GetProperty("rows").GetInt64()));
        // a on two days and b on one: fewer than five
        Assert.Equal(JsonValueKind.Null, figures["totals"][0].GetProperty("user_days").ValueKind);
        Assert.Equal(["2026-03-04 1", "2026-03-05 3"], Lines(figures["use_by_day"], "day", "requests"));
        Assert.Equal(["molit 3 115", "nfa 1 0"], Lines(figures["use_by_agency"], "agency", "requests", "rows"));
        Assert.Equal(
            ["trades@molit 3 2 1", "fires@nfa 1 0 0"], Lines(figures["use_by_dataset"], "dataset_id", "requests", "calls", "downloads"));
        Assert.Empty(figures["unused_datasets"]); // two days are too few to call anything unused
    }

    [Fact]
    public async Task Uploads_are_counted_by_agency_and_fate()
    {
        var storage = await TestStorage.CreateAsync();
        var uploads = new UploadLog(storage);
        var states = new[] { UploadState.Published, UploadState.Published, UploadState.Rejected };
        foreach (var (index, state) in states.Index())
        {
            await uploads.WriteAsync(new Upload
            {
                UploadId = UploadLog.IdOf($"molit/x/{index}", "1", Now),
                Agency = "molit",
                Path = $"molit/x/{index}",
                ETag = "1",
                Bytes = 1,
                DroppedAt = Now,
                State = state,
            });
        }

        await Run(storage).RunAsync(Now.AddDays(1));

        Assert.Equal(
            ["molit 3 2 1 0"],
            Lines((await FiguresAsync(storage, "latest"))["uploads"], "agency", "uploads", "published", "rejected", "failed"));
    }

    [Fact]
    public async Task A_second_run_makes_the_same_bytes_and_later_events_are_added()
    {
        var storage = await TestStorage.CreateAsync();
        await PublishAsync(storage, "trades@molit");
        await using var log = new UsageLog(storage, TimeProvider.System, LocalTime.Utc, NullLogger<UsageLog>.Instance);
        for (var i = 0; i < 1_000; i++) log.Record(Event(Now.AddSeconds(-i), UsageKind.Records, "trades@molit", rows: i), $"{i % 7}");
        await log.FlushAsync();

        await Run(storage).RunAsync(Now.AddDays(1));
        var first = await HashesAsync(storage);
        await Run(storage).RunAsync(Now.AddDays(1));
        Assert.Equal(first, await HashesAsync(storage));

        log.Record(Event(Now, UsageKind.Records, "trades@molit"), "z");
        await log.FlushAsync();
        await Run(storage).RunAsync(Now.AddDays(1));
        Assert.Equal(1_001, (await FiguresAsync(storage, "latest"))["totals"][0].GetProperty("requests").GetInt64());
    }

    [Fact]
    public async Task A_failed_run_leaves_the_last_report_in_place_and_says_so()
    {
        var storage = await TestStorage.CreateAsync();
        await Run(storage).RunAsync(Now.AddDays(1));
        var report = await TextAsync(storage, "latest/report.html");
        await storage.Usage.DeleteAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => Run(storage).RunAsync(Now.AddDays(1)));

        Assert.Equal(report, await TextAsync(storage, "latest/report.html"));
        var state = await ReportState.ReadAsync(storage);
        Assert.Null(state!.Edition);
        Assert.Contains("container", state.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Two_instances_cannot_both_make_the_report()
    {
        var storage = await TestStorage.CreateAsync();
        await using (await StorageLease.TryTakeAsync(ReportRun.Lock(storage), default))
        {
            Assert.Empty((await Run(storage, patience: TimeSpan.Zero).RunAsync(Now.AddDays(1))).Editions);
            Assert.False(await storage.Reports.GetBlobClient("latest/report.html").ExistsAsync());
        }

        Assert.NotEmpty((await Run(storage).RunAsync(Now.AddDays(1))).Editions);
    }

    [Fact]
    public async Task The_lease_of_an_instance_that_was_killed_is_waited_for()
    {
        var storage = await TestStorage.CreateAsync();
        await using (await StorageLease.TryTakeAsync(ReportRun.Lock(storage), default))
        {
            // Makes the blob that is leased.
        }

        // the shortest, and nobody renews it
        await storage.Reports.GetBlobClient("run.lock").GetBlobLeaseClient().AcquireAsync(TimeSpan.FromSeconds(15));

        Assert.NotEmpty((await Run(storage).RunAsync(Now.AddDays(1))).Editions);
    }

    [Fact]
    public async Task A_run_that_was_cut_off_anywhere_is_completed_by_the_next_to_the_bytes_of_one_that_was_not()
    {
        var (whole, cut) = (await PrepareAsync(), await PrepareAsync());
        await Run(whole).RunAsync(Now.AddDays(1));

        // Each run is ended at a later write than the one before, without a chance to tidy up, until one comes through.
        var cuts = 0;
        for (var writes = 1; ; writes++) // the first makes the blob that is leased
        {
            var policy = new CutOff(writes);
            try
            {
                await Run(await policy.OpenAsync(cut)).RunAsync(Now.AddDays(1));
            }
            catch (Azure.RequestFailedException) when (policy.IsCut)
            {
                cuts++;
                await cut.Reports.GetBlobClient("run.lock").GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
                continue;
            }

            break;
        }

        Assert.True(cuts > 10, $"Only {cuts} runs were cut off.");
        Assert.Equal(await HashesAsync(whole), await HashesAsync(cut));
        var served = (await new DatasetCatalog(cut).FindAsync(DatasetId.Parse(ReportRun.FiguresDatasetId)))!.Current!;
        Assert.Equal(
            (await new DatasetCatalog(whole).FindAsync(DatasetId.Parse(ReportRun.FiguresDatasetId)))!.Current!.Version, served.Version);
        var part = (await VersionStore.FindAsync(cut, DatasetId.Parse(ReportRun.FiguresDatasetId), served.Version))!.Parts[0];
        // or no query could read it
        Assert.Equal(part.ETag, (await cut.Lake.GetBlobClient(part.Blob).GetPropertiesAsync()).Value.ETag.ToString());

        static async Task<Storage> PrepareAsync()
        {
            var storage = await TestStorage.CreateAsync();
            await PublishAsync(storage, "trades@molit");
            for (var day = 0; day < 3; day++)
            {
                var at = Now.AddDays(-day);
                var events = Enumerable.Range(0, 20).Select(
                    i => JsonSerializer.Serialize(
                        Event(at.AddSeconds(i), UsageKind.Records, "trades@molit", rows: i) with { Client = $"{i % 7}" },
                        OpenDataJson.Options) + "\n");
                await storage.Usage
                    .GetBlobClient(FormattableString.Invariant($"events/{at:yyyy-MM-dd}/one-0001.ndjson"))
                    .UploadAsync(BinaryData.FromString(string.Concat(events)));
            }

            return storage;
        }
    }

    [Fact]
    public async Task What_is_new_and_gone_since_the_day_before_is_listed()
    {
        var storage = await TestStorage.CreateAsync();
        await DropSurveyAsync(storage, "a");
        await Run(storage).RunAsync(Now);
        await DropSurveyAsync(storage, "b");
        await Run(storage).RunAsync(Now.AddDays(1));

        Assert.Equal(["gone words:a", "new words:b"], Lines((await FiguresAsync(storage, "2026-03-05"))["changes"], "change", "id"));
        Assert.Empty((await FiguresAsync(storage, "2026-03-04"))["changes"]);

        static Task DropSurveyAsync(Storage storage, string candidate) => storage.Planning.GetBlobClient("surveys/one.csv").UploadAsync(
            BinaryData.FromString(
                "respondent,group,candidate\n"
                    + string.Concat(Enumerable.Range(1, 6).Select(i => FormattableString.Invariant($"{i},citizen,{candidate}\n")))),
            overwrite: true);
    }

    private static ReportRun Run(Storage storage, TimeSpan? patience = null) => TestReports.Over(storage, patience);

    private static UsageEvent Event(DateTimeOffset time, UsageKind kind, string? dataset, long rows = 0, int status = 200) =>
        new() { Time = time, Kind = kind, DatasetId = dataset, Status = status, Rows = rows };

    private static Task<bool> PublishAsync(Storage storage, string id) => new DatasetCatalog(storage).PublishAsync(new DatasetVersion
    {
        DatasetId = id,
        Version = "20260301T000000000Z-00000000",
        ProcessedAt = Now,
        Source = new SourceFile("p", "e", Now, 1, "", "o", "csv", "utf-8"),
        Fields = [],
        Parts = [],
        Rows = 3,
        ProblemCount = 0,
        Problems = [],
    });

    private static async Task<string> TextAsync(Storage storage, string blob) =>
        (await storage.Reports.GetBlobClient(blob).DownloadContentAsync()).Value.Content.ToString();

    private static async Task<Dictionary<string, List<JsonElement>>> FiguresAsync(Storage storage, string edition)
    {
        var report = JsonDocument.Parse(await TextAsync(storage, $"{edition}/report.json")).RootElement;
        return report.GetProperty("figures").EnumerateArray()
            .ToDictionary(
                figure => figure.GetProperty("name").GetString()!, figure => figure.GetProperty("rows").EnumerateArray().ToList());
    }

    private static List<string> Lines(List<JsonElement> rows, params string[] columns) =>
        [.. rows.Select(row => string.Join(' ', columns.Select(column => row.GetProperty(column).ToString())))];

    private static async Task<List<string>> HashesAsync(Storage storage)
    {
        var hashes = new List<string>();
        foreach (var container in new[] { storage.Usage, storage.Reports })
        {
            await foreach (var blob in container.GetBlobsAsync())
            {
                if (blob.Name.EndsWith("run.json", StringComparison.Ordinal)) continue;
                var content = await container.GetBlobClient(blob.Name).DownloadContentAsync();
                hashes.Add($"{blob.Name} {Convert.ToHexStringLower(SHA256.HashData(content.Value.Content.ToMemory().Span))}");
            }
        }

        return hashes;
    }
}

using System.Text.Json;
using Azure;
using Microsoft.Extensions.Time.Testing;
using OpenData.Catalog;
using OpenData.DuckDb;
using OpenData.Lake;
using OpenData.Query;
using OpenData.Query.Subjects;
using OpenData.Tests.Faults;
using OpenData.Tests.Planning;

namespace OpenData.Tests.Query;

/// <summary>The catalogue's index follows the datasets' rows: nothing is lost and nothing is doubled, whoever ends at whatever.</summary>
public class CatalogIndexTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_is_followed_equals_what_is_made_anew_value_for_value()
    {
        var storage = await TestStorage.CreateAsync();
        using var follower = new Instance(storage);
        Assert.Empty(await follower.RowsAsync());
        await PublishAsync(storage, "one@x", 1, new DatasetMetadata { Title = "대기오염 측정", Keyword = ["먼지", "dust"] });
        await PublishAsync(storage, "two@x", 1, new DatasetMetadata { AccessRights = "restricted" });
        Assert.Equal(2, (await follower.RowsAsync()).Count);
        await PublishAsync(storage, "one@x", 2, new DatasetMetadata { Title = "대기 오염", UpdateFrequency = "daily" });
        await PublishAsync(storage, "later@y", 1, new DatasetMetadata { ReleaseAt = Now.AddDays(1) });
        await PublishAsync(storage, "unlisted@y", 1, new DatasetMetadata { AccessRights = "non_public", Listed = false });
        await PublishAsync(storage, "gone@y", 1, new DatasetMetadata { Title = "secret" });
        Assert.Contains(await follower.RowsAsync(), row => row.Contains("secret", StringComparison.Ordinal));
        await new DatasetCatalog(storage).WithdrawAsync(
            DatasetId.Parse("gone@y"), new Withdrawal(null, WithdrawalReason.Privacy, Now, Purged: true));

        var followed = await follower.RowsAsync();

        using var other = new Instance(storage);
        await other.Index.RebuildAsync(CancellationToken.None);
        Assert.Equal(await other.RowsAsync(), followed);
        Assert.Equal(3, followed.Count);
        Assert.DoesNotContain(followed, row => row.Contains("secret", StringComparison.Ordinal));
        Assert.Equal(2, (await follower.Index.CurrentAsync(CancellationToken.None)).Rows);
        follower.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(3, (await follower.Index.CurrentAsync(CancellationToken.None)).Rows);
    }

    [Fact]
    public async Task A_base_and_what_follows_it_are_what_there_is_and_a_rebuilt_base_reaches_who_follows()
    {
        var storage = await TestStorage.CreateAsync();
        using var first = new Instance(storage);
        await PublishAsync(storage, "one@x", 1, new DatasetMetadata());
        await PublishAsync(storage, "two@x", 1, new DatasetMetadata());
        var made = await first.Upkeep.RunAsync();
        await PublishAsync(storage, "one@x", 2, new DatasetMetadata { Title = "news" });

        using var second = new Instance(storage);
        var started = await second.RowsAsync();

        Assert.Equal((2L, 2L), (made!.Rows, (await CatalogBase.FindAsync(storage))!.Value.Base.Rows));
        Assert.Equal(2, second.Index.ChangesSinceBase);
        Assert.Equal(await first.RowsAsync(), started);
        Assert.NotNull(await first.Upkeep.RunAsync());
        Assert.Null(await second.Upkeep.RunAsync()); // nothing has changed since
        // A row that is lost with its feed: only who looks at the rows can tell.
        await storage.Datasets.DeleteEntityAsync("x", "two");
        using (var mender = new Instance(storage)) Assert.Equal(1, (await mender.Upkeep.RebuildAsync())!.Rows);
        Assert.Single(await first.RowsAsync());
        Assert.Equal(await first.RowsAsync(), await second.RowsAsync());
    }

    [Fact]
    public async Task A_change_that_was_not_announced_is_found_by_the_timer()
    {
        var storage = await TestStorage.CreateAsync();
        using var instance = new Instance(storage);
        await PublishAsync(storage, "one@x", 1, new DatasetMetadata { Title = "before" });
        await instance.RowsAsync();
        // As an instance of an earlier release writes it.
        var row = (await storage.Datasets.GetEntityAsync<Azure.Data.Tables.TableEntity>("x", "one")).Value;
        row["Metadata"] = """{"title":"after"}""";
        row["MetadataDroppedAt"] = Now;
        await storage.Datasets.UpdateEntityAsync(row, row.ETag, Azure.Data.Tables.TableUpdateMode.Replace);
        Assert.Contains("before", Assert.Single(await instance.RowsAsync()), StringComparison.Ordinal);

        await instance.Upkeep.RunAsync();

        Assert.Contains("after", Assert.Single(await instance.RowsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_publishes_and_ends_at_any_write_leaves_nothing_that_the_next_attempt_does_not_complete()
    {
        var storage = await TestStorage.CreateAsync();
        using var instance = new Instance(storage);
        await instance.RowsAsync();
        for (var writes = 0; ; writes++)
        {
            var cut = new CutOff(writes);
            var seen = await cut.OpenAsync(storage);
            var (id, metadata) = ($"d{writes}@x", new DatasetMetadata { Title = "whole" });
            await Record.ExceptionAsync(() => PublishAsync(seen, id, 1, metadata));
            await PublishAsync(storage, id, 1, metadata); // the trigger calls again

            Assert.Contains("whole", (await instance.RowsAsync())[^1], StringComparison.Ordinal);
            using var anew = new Instance(storage);
            await anew.Index.RebuildAsync(CancellationToken.None);
            Assert.Equal(await anew.RowsAsync(), await instance.RowsAsync());
            if (!cut.IsCut) break;
            Assert.True(writes < 20, "it never ends");
        }
    }

    [Fact]
    public async Task Whoever_writes_the_base_and_ends_at_any_write_leaves_a_base_and_a_feed_that_are_whole()
    {
        var storage = await TestStorage.CreateAsync();
        for (var i = 0; i < 3; i++) await PublishAsync(storage, $"d{i}@x", 1, new DatasetMetadata());
        string[]? expected = null;
        for (var writes = 0; ; writes++)
        {
            await PublishAsync(storage, "d0@x", 2 + writes, new DatasetMetadata());
            var cut = new CutOff(writes);
            using (var ended = new Instance(await cut.OpenAsync(storage))) await Record.ExceptionAsync(() => ended.Upkeep.RunAsync());

            using var started = new Instance(storage);
            var rows = await started.RowsAsync();
            using var anew = new Instance(storage);
            await anew.Index.RebuildAsync(CancellationToken.None);
            Assert.Equal(await anew.RowsAsync(), rows);
            expected = [.. rows];
            if (!cut.IsCut) break;
            Assert.True(writes < 20, "it never ends");
            await ForgetLeaseAsync(storage);
        }

        Assert.Equal(3, expected!.Length);
        Assert.Equal(3, (await CatalogBase.FindAsync(storage))!.Value.Base.Rows);
    }

    [Fact]
    public async Task Whoever_begins_and_is_cut_off_at_any_request_begins_again()
    {
        var storage = await TestStorage.CreateAsync();
        for (var i = 0; i < 3; i++) await PublishAsync(storage, $"d{i}@x", 1, new DatasetMetadata());
        using (var instance = new Instance(storage)) await instance.Upkeep.RunAsync();
        await PublishAsync(storage, "d1@x", 2, new DatasetMetadata { Title = "later" });
        using var sound = new Instance(storage);
        var expected = await sound.RowsAsync();
        for (var requests = 0; ; requests++)
        {
            var (left, isCut) = (requests, false);
            var faulty = await new FaultyStorage(_ =>
            {
                if (!isCut && left-- > 0) return ValueTask.CompletedTask;
                if (isCut) return ValueTask.CompletedTask;
                isCut = true;
                throw new RequestFailedException(503, "The connection was cut.");
            }).OpenAsync(storage);
            using var instance = new Instance(faulty);
            var failure = await Record.ExceptionAsync(() => instance.RowsAsync());

            if (!isCut) break;
            Assert.NotNull(failure);
            Assert.Equal(expected, await instance.RowsAsync());
            Assert.True(requests < 20, "it never ends");
        }
    }

    [Fact]
    public async Task Many_who_change_datasets_at_once_on_two_instances_leave_no_gap_and_the_last_word_of_each()
    {
        var storage = await TestStorage.CreateAsync();
        foreach (var id in new[] { "a@x", "b@x" }) await PublishAsync(storage, id, 1, new DatasetMetadata());
        using var instance = new Instance(storage);
        await instance.RowsAsync();
        DatasetCatalog[] publishers = [new(storage), new(storage)];

        await Task.WhenAll(Enumerable.Range(1, 16).Select(i => publishers[i % 2].DescribeAsync(
            DatasetId.Parse(i % 4 < 2 ? "a@x" : "b@x"), new DatasetMetadata { Title = $"title {i}" }, Now.AddMinutes(i))));

        var changes = (await publishers[0].Changes.ReadAsync(0))!;
        Assert.Equal(Enumerable.Range(1, changes.Count).Select(i => (long)i), changes.Select(change => change.Sequence));
        using var anew = new Instance(storage);
        await anew.Index.RebuildAsync(CancellationToken.None);
        Assert.Equal(await anew.RowsAsync(), await instance.RowsAsync());
    }

    [Theory]
    [InlineData("대기오염", "측정\u0001망\u0001\u0001\u0001대기 오염도", 3)]
    [InlineData("대기", "서울 대기 정보\u0001먼지", 24)]
    [InlineData("먼지", "서울 대기 정보\u0001먼지", 15)]
    [InlineData("먼지", "서울\u0001대기\u0001\u0001미세먼지", 6)]
    [InlineData("dust", "fine dust\u0001", 24)]
    [InlineData("us", "fine dust", 16)]
    [InlineData("지하철", "지하 철도", 16)]
    [InlineData("지하철", "지하, 철도", 0)]
    [InlineData("없음", "", 0)]
    [Trait("Category", "Unit")]
    public void A_term_weighs_by_where_it_stands_and_whether_it_is_a_word(string term, string text, int expected)
    {
        Assert.Equal(expected, TextRank.Of(System.Text.Encoding.UTF8.GetBytes(text), System.Text.Encoding.UTF8.GetBytes(term)));
    }

    // The lease of an instance that was ended lasts for half a minute; nobody here waits for it.
    private static async Task ForgetLeaseAsync(Storage storage)
    {
        var blob = storage.Catalog.GetBlobClient("compact.lock");
        if (!await blob.ExistsAsync()) return;
        await Azure.Storage.Blobs.Specialized.SpecializedBlobExtensions.GetBlobLeaseClient(blob).BreakAsync(TimeSpan.Zero);
    }

    private static async Task PublishAsync(Storage storage, string id, int number, DatasetMetadata metadata)
    {
        var dataset = DatasetId.Parse(id);
        var dropped = new DateTimeOffset(2026, 3, 5, 0, number, 0, TimeSpan.Zero);
        var path = $"{dataset.Agency}/{dataset.Dataset}/data.csv";
        var name = VersionName.Of(path, "\"0x1\"", dropped);
        var original = VersionName.Folder(dataset, name) + "data.csv";
        var version = new DatasetVersion
        {
            DatasetId = id,
            Version = name,
            ProcessedAt = dropped.AddSeconds(30.25),
            Source = new SourceFile(path, "\"0x1\"", dropped, 100, new string('0', 64), original, "csv", "utf-8") { Rows = 10 },
            Fields = [TestDatasets.Field("날짜", FieldType.Date), TestDatasets.Field("pm10", FieldType.Double)],
            Parts = [new Part(VersionName.Folder(dataset, name) + "part.parquet", "\"0x2\"", 10, 10, new string('0', 64))],
            Rows = 10,
            ProblemCount = 3,
            Problems = [],
            Profile = JsonSerializer.SerializeToElement(
                new { fields = new object[] { new { name = "날짜", nulls = 1, distinct = 9, min = "2026-01-01", max = "2026-02-01" } } }),
        };
        await VersionStore.TryCreateAsync(storage, version);
        var catalog = new DatasetCatalog(storage);
        await catalog.DescribeAsync(dataset, metadata, dropped);
        await catalog.PublishAsync(version);
    }

    /// <summary>What one instance knows.</summary>
    private sealed class Instance : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("opendata-index-").FullName;
        private readonly Database _duckDb;

        public Instance(Storage storage)
        {
            _duckDb = QueryDatabase.Open(_folder, Path.Combine(_folder, "spill"), 100, 100, 1);
            Index = new CatalogIndex(storage, new DatasetCatalog(storage), _folder, _duckDb, Time, logger: null);
        }

        public FakeTimeProvider Time { get; } = new(Now);

        public CatalogIndex Index { get; }

        public CatalogUpkeep Upkeep => Index.Upkeep;

        /// <summary>All rows, each with all its values, by dataset.</summary>
        public async Task<List<string>> RowsAsync()
        {
            Time.Advance(TimeSpan.FromSeconds(2));
            await Index.CurrentAsync(CancellationToken.None);
            using var connection = _duckDb.Connect();
            return [.. connection.Query($"SELECT CAST(d AS VARCHAR) FROM {CatalogTable.Name} d ORDER BY dataset_id").Rows
                .Select(row => (string)row[0]!)];
        }

        public void Dispose()
        {
            Index.Dispose();
            _duckDb.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }
}

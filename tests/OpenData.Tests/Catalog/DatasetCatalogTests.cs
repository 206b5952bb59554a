using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.Tests.Catalog;

public class DatasetCatalogTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly DatasetId Id = DatasetId.Parse("화재@nfa");

    [Fact]
    public async Task A_later_drop_replaces_an_earlier_one_and_never_the_other_way_round()
    {
        var catalog = new DatasetCatalog(await TestStorage.CreateAsync());

        Assert.True(await catalog.PublishAsync(Version(hour: 2)));
        Assert.False(await catalog.PublishAsync(Version(hour: 1)));
        Assert.Equal(Version(hour: 2).Version, (await catalog.FindAsync(Id))!.Current!.Version);

        Assert.True(await catalog.PublishAsync(Version(hour: 3)));
        Assert.Equal(Version(hour: 3).Version, (await catalog.FindAsync(Id))!.Current!.Version);
    }

    [Fact]
    public async Task Publishing_the_same_version_again_changes_nothing()
    {
        var catalog = new DatasetCatalog(await TestStorage.CreateAsync());

        Assert.True(await catalog.PublishAsync(Version(hour: 1)));
        Assert.True(await catalog.PublishAsync(Version(hour: 1)));

        Assert.Equal(Version(hour: 1).Version, (await catalog.FindAsync(Id))!.Current!.Version);
    }

    [Fact]
    public async Task Of_many_publishers_at_once_the_latest_drop_wins()
    {
        var storage = await TestStorage.CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(hour => new DatasetCatalog(storage).PublishAsync(Version(hour))));

        Assert.Equal(Version(hour: 7).Version, (await new DatasetCatalog(storage).FindAsync(Id))!.Current!.Version);
    }

    [Fact]
    public async Task Metadata_may_come_before_the_data_and_is_listed_only_with_it()
    {
        var catalog = new DatasetCatalog(await TestStorage.CreateAsync());
        await catalog.DescribeAsync(Id, new DatasetMetadata { Title = "화재 발생 현황" }, Day);
        Assert.Empty(await catalog.ListAsync().ToListAsync());

        await catalog.PublishAsync(Version(hour: 1));

        var entry = Assert.Single(await catalog.ListAsync().ToListAsync());
        Assert.Equal(("화재 발생 현황", "nfa", 42L), (entry.Title, entry.Publisher, entry.Current!.Rows));
    }

    [Fact]
    public async Task Metadata_of_an_earlier_drop_does_not_replace_that_of_a_later_one()
    {
        var catalog = new DatasetCatalog(await TestStorage.CreateAsync());

        await catalog.DescribeAsync(Id, new DatasetMetadata { Title = "new" }, Day.AddHours(1));
        await catalog.DescribeAsync(Id, new DatasetMetadata { Title = "old" }, Day);

        Assert.Equal("new", (await catalog.FindAsync(Id))!.Title);
    }

    private static DatasetVersion Version(int hour)
    {
        var droppedAt = Day.AddHours(hour);
        var name = VersionName.Of("nfa/화재/a.csv", $"etag{hour}", droppedAt);
        return new DatasetVersion
        {
            DatasetId = Id.ToString(),
            Version = name,
            ProcessedAt = droppedAt,
            Source = new SourceFile(
                "nfa/화재/a.csv", $"etag{hour}", droppedAt, 10, "00", $"{VersionName.Folder(Id, name)}source/a.csv", "csv", "utf-8"),
            Fields = [],
            Parts = [new Part($"{VersionName.Folder(Id, name)}part-00000-1.parquet", "e", 100, 42, "00")],
            Rows = 42,
            ProblemCount = 0,
            Problems = [],
        };
    }
}

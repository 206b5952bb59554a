using Microsoft.Extensions.Time.Testing;
using OpenData.Catalog;
using OpenData.Ingest.Publishing;
using OpenData.Lake;

namespace OpenData.Tests.Ingest.Publishing;

/// <summary>The same bytes again, other bytes in between, and dataset.json before and after the data.</summary>
public sealed class RepeatedDropsTests
{
    private const string Csv = "mfds/food/a.csv";
    private const string Json = "mfds/food/dataset.json";
    private static readonly DatasetId Id = DatasetId.Parse("food@mfds");

    [Fact]
    public async Task The_same_content_again_makes_no_version_and_its_record_says_so()
    {
        var storage = await TestStorage.CreateAsync();
        var first = await DropAsync(storage, Csv, "x,y\n1,2\n");
        var again = await DropAsync(storage, Csv, "x,y\n1,2\n");

        Assert.NotEqual(first.UploadId, again.UploadId);
        Assert.Equal((UploadState.Published, first.Version), (again.State, again.Version));
        Assert.Equal("drop-unchanged", Assert.Single(again.Problems).Code);
        Assert.Single(await VersionsAsync(storage));
    }

    [Theory]
    [InlineData("mfds/food/a.csv")]
    [InlineData("mfds/food/b.csv")]
    public async Task The_earlier_file_again_takes_a_bad_release_back(string other)
    {
        var storage = await TestStorage.CreateAsync();
        await DropAsync(storage, Csv, "x,y\n1,2\n");
        await DropAsync(storage, other, "x,y\n9,9\n");
        var back = await DropAsync(storage, Csv, "x,y\n1,2\n");

        Assert.Equal(3, (await VersionsAsync(storage)).Count);
        Assert.Equal(back.Version, (await ServedAsync(storage)).Version);
        Assert.Equal(Csv, (await ServedAsync(storage)).Source.Path);
    }

    [Fact]
    public async Task Rows_are_appended_once_unless_a_repeat_is_declared()
    {
        var storage = await TestStorage.CreateAsync();
        await DropAsync(storage, Json, """{"ingest":{"update_mode":"append"}}""");
        await DropAsync(storage, Csv, "x,y\n1,2\n");
        await DropAsync(storage, "mfds/food/b.csv", "x,y\n3,4\n");
        var again = await DropAsync(storage, Csv, "x,y\n1,2\n");

        Assert.Equal("drop-unchanged", Assert.Single(again.Problems).Code);
        Assert.Equal(2, (await ServedAsync(storage)).Rows);

        await DropAsync(storage, Json, """{"ingest":{"update_mode":"append","repeat":true}}""");
        await DropAsync(storage, Csv, "x,y\n1,2\n");
        Assert.Equal(3, (await ServedAsync(storage)).Rows);
    }

    [Fact]
    public async Task A_declaration_that_comes_after_the_data_is_applied_to_what_is_served()
    {
        var storage = await TestStorage.CreateAsync();
        var first = await DropAsync(storage, Csv, "code,y\n1,2\n");
        Assert.Equal(FieldType.Int, (await ServedAsync(storage)).Fields[0].Type);

        var declared = await DropAsync(storage, Json, """{"ingest":{"fields":[{"column":"code","type":"text","name":"kode"}]}}""");
        var served = await ServedAsync(storage);
        Assert.Equal(declared.Version, served.Version);
        Assert.Equal(("kode", FieldType.Text), (served.Fields[0].Name, served.Fields[0].Type));
        Assert.Equal(first.Version, served.Source.Original.Split('/')[1]); // the original is not copied

        // Words about the dataset, the same declaration and the same file make no version.
        var described = await DropAsync(
            storage, Json, """{"title":"Food","ingest":{"fields":[{"column":"code","type":"text","name":"kode"}]}}""");
        Assert.Null(described.Version);
        Assert.Equal(served.Version, (await DropAsync(storage, Csv, "code,y\n1,2\n")).Version);
        Assert.Equal(2, (await VersionsAsync(storage)).Count);
    }

    [Fact]
    public async Task A_declaration_that_does_not_fit_leaves_what_is_served_and_says_so()
    {
        var storage = await TestStorage.CreateAsync();
        var first = await DropAsync(storage, Csv, "x,y\n1,2\n");
        var declared = await DropAsync(storage, Json, """{"ingest":{"header_row":2}}""");

        Assert.Equal(UploadState.Published, declared.State);
        Assert.Contains(declared.Problems, problem => problem.Code == "declaration-not-applied");
        Assert.Equal(first.Version, (await ServedAsync(storage)).Version);
    }

    [Fact]
    public async Task Manifests_of_many_appends_stay_small_and_each_version_can_be_read()
    {
        const int Drops = 70;
        var storage = await TestStorage.CreateAsync();
        await DropAsync(storage, Json, """{"ingest":{"update_mode":"append"}}""");
        for (var i = 0; i < Drops; i++) await DropAsync(storage, $"mfds/food/{i}.csv", $"x,y\n{i},a\n");
        var later = new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(2));
        await new Sweeper(storage, new DatasetCatalog(storage), new UploadLog(storage), later).RunAsync();

        long listed = 0, most = 0;
        await foreach (var blob in storage.Lake.GetBlobsAsync())
        {
            if (!blob.Name.EndsWith(".json", StringComparison.Ordinal)) continue;
            listed += blob.Properties.ContentLength!.Value;
            most = Math.Max(most, blob.Properties.ContentLength.Value);
        }

        foreach (var name in await VersionsAsync(storage))
        {
            var version = (await VersionStore.FindAsync(storage, Id, name))!;
            Assert.Equal((version.Rows, version.Rows - 1), (version.Parts.Count, version.EarlierSources.Count));
        }

        var served = await ServedAsync(storage);
        Assert.Equal(Drops, served.Rows);
        Assert.Equal(
            Enumerable.Range(0, Drops).Select(i => $"mfds/food/{i}.csv"),
            served.EarlierSources.Append(served.Source).Select(source => source.Path));
        Assert.All(served.Parts, part => Assert.True(storage.Lake.GetBlobClient(part.Blob).Exists()));
        Assert.True(listed < Drops * most, $"{listed} bytes of manifests for {Drops} drops, the largest of {most}");
    }

    private static async Task<Upload> DropAsync(Storage storage, string path, string content)
    {
        await storage.Incoming.GetBlobClient(path).UploadAsync(BinaryData.FromString(content), overwrite: true);
        return (await new Ingestor(storage, new DatasetCatalog(storage), new UploadLog(storage), TimeProvider.System).IngestAsync(path))!;
    }

    private static async Task<DatasetVersion> ServedAsync(Storage storage) =>
        (await VersionStore.FindAsync(storage, Id, (await new DatasetCatalog(storage).FindAsync(Id))!.Current!.Version))!;

    private static async Task<List<string>> VersionsAsync(Storage storage)
    {
        var versions = new List<string>();
        await foreach (var blob in storage.Lake.GetBlobsAsync())
        {
            if (blob.Name.EndsWith("/version.json", StringComparison.Ordinal)) versions.Add(blob.Name.Split('/')[1]);
        }

        return versions;
    }
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OpenData.Catalog;
using OpenData.Ingest.Publishing;
using OpenData.Lake;

namespace OpenData.Tests.Ingest.Publishing;

/// <summary>A file that lost most of what is served is built and held, until dataset.json allows the loss or a later file comes.</summary>
public sealed class HeldVersionsTests
{
    private const string Csv = "mfds/food/a.csv";
    private const string Json = "mfds/food/dataset.json";
    private const string Whole = "x,y,z\n1,2,a\n3,4,b\n5,6,c\n7,8,d\n";
    private static readonly DatasetId Id = DatasetId.Parse("food@mfds");

    [Theory]
    [InlineData("x,y,z\n1,2,a\n", "It has 1 rows; the version that is served has 4.")]
    [InlineData("x\n1\n3\n5\n7\n", "It has 1 of the 3 columns of the version that is served; 'y', 'z' are missing.")]
    [InlineData("x,y,z\none,2?,a\n3,four,b\n5,6,c\n7,8,d\n", "2 are text now: 'x', 'y'.")]
    public async Task What_lost_most_is_held_with_the_comparison_and_the_version_before_is_served(string text, string said)
    {
        var storage = await TestStorage.CreateAsync();
        var first = await DropAsync(storage, Csv, Whole);
        var held = await DropAsync(storage, Csv, text);

        Assert.Equal(UploadState.Held, held.State);
        Assert.Equal("version-shrinks", held.Problems[0].Code);
        Assert.Contains(said, held.Problems[0].Message, StringComparison.Ordinal);
        var entry = await new DatasetCatalog(storage).FindAsync(Id);
        Assert.Equal((first.Version, held.Version), (entry!.Current!.Version, entry.Waiting));
        Assert.Null(await VersionStore.FindAsync(storage, Id, held.Version!));
    }

    [Theory]
    [InlineData("x,y,z\n1,2,a\n3,4,b\n")] // half of the rows is not most of them
    [InlineData("x,y,z\n1,2,a\n3,4,b\n5,6?,c\n7,8,d\n")] // nor is half of the types
    [InlineData("z,y,x,w\na,2,1,1\nb,4,3,1\nc,6,5,1\nd,8,7,1\n")]
    public async Task What_keeps_half_is_published(string text)
    {
        var storage = await TestStorage.CreateAsync();
        await DropAsync(storage, Csv, Whole);
        Assert.Equal(UploadState.Published, (await DropAsync(storage, Csv, text)).State);
    }

    [Fact]
    public async Task A_declaration_releases_what_is_held_without_reading_it_again()
    {
        var storage = await TestStorage.CreateAsync();
        await DropAsync(storage, Csv, Whole);
        var held = await DropAsync(storage, Csv, "x,y,z\n1,2,a\n");
        await storage.Incoming.DeleteBlobAsync(Csv);
        await DropAsync(storage, Json, """{"ingest":{"may_lose":60}}""");
        Assert.Equal(UploadState.Held, (await FindAsync(storage, held)).State);

        await DropAsync(storage, Json, """{"ingest":{"may_lose":75}}""");
        var entry = await new DatasetCatalog(storage).FindAsync(Id);
        Assert.Equal((held.Version, null, 1L), (entry!.Current!.Version, entry.Waiting, entry.Current.Rows));
        var released = await FindAsync(storage, held);
        Assert.Equal((UploadState.Published, 0L), (released.State, released.ProblemCount));
    }

    [Fact]
    public async Task A_threshold_that_is_declared_before_decides_at_once()
    {
        var storage = await TestStorage.CreateAsync();
        await DropAsync(storage, Json, """{"ingest":{"may_lose":20}}""");
        await DropAsync(storage, Csv, Whole);
        Assert.Equal(UploadState.Held, (await DropAsync(storage, Csv, "x,y,z\n1,2,a\n3,4,b\n5,6,c\n")).State);
        await DropAsync(storage, Json, """{"ingest":{"may_lose":100}}""");
        Assert.Equal(UploadState.Published, (await DropAsync(storage, Csv, "x\nnone\n")).State);
    }

    [Theory]
    [InlineData(Whole)]
    [InlineData(Whole + "9,9,e\n")]
    public async Task A_later_file_takes_the_place_of_what_is_held(string text)
    {
        var storage = await TestStorage.CreateAsync();
        await DropAsync(storage, Csv, Whole);
        var held = await DropAsync(storage, Csv, "x,y,z\n1,2,a\n");
        var later = await DropAsync(storage, Csv, text);

        Assert.Equal(UploadState.Published, later.State);
        var ended = await FindAsync(storage, held);
        Assert.Equal((UploadState.Rejected, "held-superseded"), (ended.State, Assert.Single(ended.Problems).Code));
        Assert.Null(await HeldVersions.FindAsync(storage, Id, held.Version!));
    }

    [Fact]
    public async Task The_sweeper_keeps_what_is_held_and_ends_the_record_of_what_is_no_more()
    {
        var storage = await TestStorage.CreateAsync();
        await DropAsync(storage, Csv, Whole);
        var held = await DropAsync(storage, Csv, "x,y,z\n1,2,a\n");
        await SweepAsync(storage);
        Assert.Equal(UploadState.Held, (await FindAsync(storage, held)).State);
        await DropAsync(storage, Json, """{"ingest":{"may_lose":100}}""");
        Assert.Equal(held.Version, (await new DatasetCatalog(storage).FindAsync(Id))!.Current!.Version);
        var version = await VersionStore.FindAsync(storage, Id, held.Version!);
        Assert.All(version!.Parts, part => Assert.True(storage.Lake.GetBlobClient(part.Blob).Exists()));

        await new UploadLog(storage).WriteAsync(held); // as if the process had ended before it wrote the record
        await SweepAsync(storage);
        Assert.Equal(UploadState.Published, (await FindAsync(storage, held)).State);
    }

    [Fact]
    public async Task What_an_earlier_reader_called_otherwise_keeps_its_name()
    {
        var storage = await TestStorage.CreateAsync();
        var first = await DropAsync(storage, Csv, Whole);
        var version = (await VersionStore.FindAsync(storage, Id, first.Version!))!;
        Field Older(Field field) => field with { Name = "c_" + field.Name, Label = "?" + field.Label };
        var older = version with { Reader = 0, Fields = [.. version.Fields.Select(Older)] };
        var manifest = storage.Lake.GetBlobClient(VersionName.Manifest(Id, first.Version!));
        await manifest.UploadAsync(BinaryData.FromObjectAsJson(older, OpenDataJson.Readable), overwrite: true);

        var next = await DropAsync(storage, Csv, Whole + "9,10,e\n");
        Assert.Equal(UploadState.Published, next.State);
        var made = (await VersionStore.FindAsync(storage, Id, next.Version!))!;
        Assert.Equal(["c_x", "c_y", "c_z"], made.Fields.Select(field => field.Name));
        Assert.DoesNotContain(next.Problems, problem => problem.Code is "schema-field-removed" or "version-shrinks");
    }

    [Fact]
    public void A_declaration_that_says_nothing_new_has_the_hash_that_earlier_releases_kept()
    {
        const string kept = """{"null_tokens":[],"key":[],"update_mode":"replace","repeat":false,"fields":[],"points":[]}""";
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(kept))), Declarations.None);
    }

    private static async Task<Upload> FindAsync(Storage storage, Upload upload) =>
        (await new UploadLog(storage).FindAsync(upload.Agency, upload.UploadId))!;

    private static Task SweepAsync(Storage storage) => new Sweeper(
        storage, new DatasetCatalog(storage), new UploadLog(storage), new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(2))).RunAsync();

    private static async Task<Upload> DropAsync(Storage storage, string path, string text)
    {
        await storage.Incoming.GetBlobClient(path).UploadAsync(BinaryData.FromString(text), overwrite: true);
        return (await new Ingestor(storage, new DatasetCatalog(storage), new UploadLog(storage), TimeProvider.System).IngestAsync(path))!;
    }
}

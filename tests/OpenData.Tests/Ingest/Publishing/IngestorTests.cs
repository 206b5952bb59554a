using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Time.Testing;
using OpenData.Catalog;
using OpenData.Ingest.Publishing;
using OpenData.Lake;

namespace OpenData.Tests.Ingest.Publishing;

public sealed class IngestorTests
{
    private static readonly DatasetId Id = DatasetId.Parse("food@mfds");

    [Fact]
    public async Task A_drop_becomes_the_served_version()
    {
        var (storage, ingestor) = await StartAsync();
        var upload = await DropAsync(storage, ingestor, "mfds/food/회수.csv", "이름,수량\n가,1\n나,2\n");

        Assert.Equal(UploadState.Published, upload.State);
        Assert.Equal((2L, 2), (upload.Rows!.Value, upload.Columns!.Value));
        var current = (await new DatasetCatalog(storage).FindAsync(Id))!.Current!;
        Assert.Equal(upload.Version, current.Version);
        var version = (await VersionStore.FindAsync(storage, Id, current.Version))!;
        var part = Assert.Single(version.Parts);
        var bytes = (await storage.Lake.GetBlobClient(part.Blob).DownloadContentAsync()).Value;
        Assert.Equal(part.Bytes, bytes.Content.ToMemory().Length);
        Assert.Equal(part.ETag, bytes.Details.ETag.ToString("H"));
        Assert.Equal(part.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes.Content)));
        Assert.Equal(
            "이름,수량\n가,1\n나,2\n",
            (await storage.Lake.GetBlobClient(version.Source.Original).DownloadContentAsync()).Value.Content.ToString());
    }

    [Fact]
    public async Task The_same_bytes_are_one_upload_and_one_version()
    {
        var (storage, ingestor) = await StartAsync();
        await PutAsync(storage, "mfds/food/a.csv", "x,y\n1,2\n");
        var uploads = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ingestor.IngestAsync("mfds/food/a.csv")));
        var again = await ingestor.IngestAsync("mfds/food/a.csv");

        Assert.All(uploads, upload => Assert.Equal(again!.Version, upload!.Version));
        var blobs = await NamesAsync(storage.Lake.GetBlobsAsync());
        Assert.Single(blobs, name => name.EndsWith("version.json", StringComparison.Ordinal));
        Assert.Single(blobs, name => name.EndsWith(".parquet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_drops_within_one_second_the_last_is_served_and_its_name_sorts_last()
    {
        var (storage, ingestor) = await StartAsync();
        var names = new List<string>();
        for (var i = 0; i < 6; i++) names.Add((await DropAsync(storage, ingestor, "mfds/food/a.csv", $"x,y\n{i},2\n")).Version!);

        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Equal(names[^1], (await new DatasetCatalog(storage).FindAsync(Id))!.Current!.Version);
    }

    [Fact]
    public async Task What_was_cut_off_is_completed()
    {
        var (storage, ingestor) = await StartAsync();
        var first = await DropAsync(storage, ingestor, "mfds/food/a.csv", "x,y\n1,2\n");
        // As a process that ended between the manifest and the pointer leaves it.
        await storage.Datasets.DeleteEntityAsync(Id.Agency, Id.Dataset);
        await new UploadLog(storage).WriteAsync(first with { State = UploadState.Processing });
        var again = (await ingestor.IngestAsync("mfds/food/a.csv"))!;

        Assert.Equal((UploadState.Published, first.Version), (again.State, again.Version));
        Assert.Equal(first.Version, (await new DatasetCatalog(storage).FindAsync(Id))!.Current!.Version);
    }

    [Fact]
    public async Task A_bad_file_goes_to_quarantine_and_the_version_before_it_stays()
    {
        var (storage, ingestor) = await StartAsync();
        var good = await DropAsync(storage, ingestor, "mfds/food/a.csv", "x,y\n1,2\n");
        var bad = await DropAsync(storage, ingestor, "mfds/food/a.csv", "[{\"x\":1},{");

        Assert.Equal(UploadState.Rejected, bad.State);
        Assert.Equal("json-invalid", Assert.Single(bad.Problems).Code);
        Assert.Equal(good.Version, (await new DatasetCatalog(storage).FindAsync(Id))!.Current!.Version);
        Assert.Equal(
            "[{\"x\":1},{",
            (await storage.Quarantine.GetBlobClient(bad.Quarantine + "a.csv").DownloadContentAsync()).Value.Content.ToString());
        Assert.True(await storage.Quarantine.GetBlobClient(bad.Quarantine + "report.json").ExistsAsync());
        Assert.True(await storage.Quarantine.GetBlobClient(bad.Quarantine + "report.html").ExistsAsync());
    }

    [Theory]
    [InlineData("loose.csv", "_")]
    [InlineData("mfds/loose.csv", "mfds")]
    [InlineData("mfds/food/2025/deep.csv", "mfds")]
    [InlineData("mfds/no good/x.csv", "mfds")]
    public async Task A_drop_outside_a_dataset_goes_to_quarantine(string path, string agency)
    {
        var (storage, ingestor) = await StartAsync();
        var upload = await DropAsync(storage, ingestor, path, "x,y\n1,2\n");

        Assert.Equal((UploadState.Rejected, agency), (upload.State, upload.Agency));
        Assert.Equal("drop-misplaced", Assert.Single(upload.Problems).Code);
        Assert.Equal(UploadState.Rejected, (await new UploadLog(storage).FindAsync(agency, upload.UploadId))!.State);
        Assert.Equal(
            3, (await NamesAsync(storage.Quarantine.GetBlobsAsync(BlobTraits.None, BlobStates.None, upload.Quarantine, default))).Count);
    }

    [Fact]
    public async Task Metadata_describes_the_dataset_and_bad_metadata_leaves_the_earlier()
    {
        var (storage, ingestor) = await StartAsync();
        var good = await DropAsync(storage, ingestor, "mfds/food/dataset.json", """{"title":"식품 회수","theme":["보건"],"titel":"x"}""");
        var bad = await DropAsync(storage, ingestor, "mfds/food/dataset.json", """{"title":"다른","theme":[1]}""");

        Assert.Equal(UploadState.Published, good.State);
        Assert.Equal("metadata-unknown-property", Assert.Single(good.Problems).Code);
        Assert.Equal(UploadState.Rejected, bad.State);
        Assert.Equal("theme", Assert.Single(bad.Problems).Column);
        Assert.Equal("식품 회수", (await new DatasetCatalog(storage).FindAsync(Id))!.Metadata.Title);
    }

    [Fact]
    public async Task Appended_rows_follow_those_that_are_served_whoever_comes_first()
    {
        var (storage, ingestor) = await StartAsync();
        await DropAsync(storage, ingestor, "mfds/food/dataset.json", """{"ingest":{"update_mode":"append"}}""");
        var uploads = new List<Upload> { await DropAsync(storage, ingestor, "mfds/food/1.csv", "x,y\n1,a\n") };
        foreach (var i in Enumerable.Range(2, 4)) await PutAsync(storage, $"mfds/food/{i}.csv", $"x,y\n{i},a\n{i},b\n");
        // Four drops at once, each of them twice.
        uploads.AddRange((await Task.WhenAll(Enumerable.Range(0, 8).Select(i => ingestor.IngestAsync($"mfds/food/{2 + (i / 2)}.csv"))))!);

        Assert.All(uploads, upload => Assert.Equal(UploadState.Published, upload.State));
        var current = (await new DatasetCatalog(storage).FindAsync(Id))!.Current!;
        var version = (await VersionStore.FindAsync(storage, Id, current.Version))!;
        Assert.Equal(9, version.Rows);
        Assert.Equal(5, version.Parts.Count);
        Assert.Equal(
            ["1.csv", "2.csv", "3.csv", "4.csv", "5.csv"],
            version.EarlierSources.Append(version.Source).Select(source => source.Path.Split('/')[2]).Order());
        Assert.Equal(2, uploads[^1].Rows);
        var later = new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(2));
        await new Sweeper(storage, new DatasetCatalog(storage), new UploadLog(storage), later).RunAsync();
        foreach (var part in version.Parts) Assert.True(await storage.Lake.GetBlobClient(part.Blob).ExistsAsync());
    }

    [Fact]
    public async Task Appended_values_take_the_types_that_are_served_if_they_survive_in_them()
    {
        var (storage, ingestor) = await StartAsync();
        await DropAsync(storage, ingestor, "mfds/food/dataset.json", """{"ingest":{"update_mode":"append"}}""");
        await DropAsync(storage, ingestor, "mfds/food/1.csv", "금액,비율,이름,일자,수\n1.25,1e3,가,25/01/2024,1\n2.50,2e3,나,26/01/2024,2\n");
        var narrower = await DropAsync(
            storage, ingestor, "mfds/food/2.csv", "금액,비율,이름,일자,수\n3,4,5,05/06/2024,\n,,,,\n6,7.5,8,06/06/2024,\n");
        var wider = await DropAsync(storage, ingestor, "mfds/food/3.csv", "금액,비율,이름,일자,수\n1.255,1,가,27/01/2024,1.5\n");

        Assert.DoesNotContain(narrower.Problems, problem => problem.Severity == Severity.Error);
        Assert.Equal(
            ["금액", "수"], wider.Problems.Where(problem => problem.Code == "append-schema-differs").Select(problem => problem.Column));
        var version = (await VersionStore.FindAsync(storage, Id, (await new DatasetCatalog(storage).FindAsync(Id))!.Current!.Version))!;
        Assert.Equal(
            [FieldType.Decimal, FieldType.Double, FieldType.Text, FieldType.Date, FieldType.Int],
            version.Fields.Select(field => field.Type));
        var rows = new List<string>();
        foreach (var part in version.Parts)
        {
            var path = Path.GetTempFileName();
            await storage.Lake.GetBlobClient(part.Blob).DownloadToAsync(path);
            rows.AddRange(Converted.Read(path));
            File.Delete(path);
        }

        Assert.Equal(
            ["1.25|1000.0|가|2024-01-25|1", "2.50|2000.0|나|2024-01-26|2", "3.00|4.0|5|2024-06-05|∅", "6.00|7.5|8|2024-06-06|∅"], rows);
    }

    [Fact]
    public async Task Rows_of_another_shape_are_not_appended()
    {
        var (storage, ingestor) = await StartAsync();
        await DropAsync(storage, ingestor, "mfds/food/dataset.json", """{"ingest":{"update_mode":"append"}}""");
        var first = await DropAsync(storage, ingestor, "mfds/food/1.csv", "x,y\n1,a\n");
        var other = await DropAsync(storage, ingestor, "mfds/food/2.csv", "x,z\nabc,a\n");

        Assert.Equal(UploadState.Rejected, other.State);
        Assert.Equal(
            ["y", "z", "x"], other.Problems.Where(problem => problem.Code == "append-schema-differs").Select(problem => problem.Column));
        Assert.Equal(first.Version, (await new DatasetCatalog(storage).FindAsync(Id))!.Current!.Version);
    }

    [Fact]
    public async Task A_version_tells_what_changed_since_the_one_before()
    {
        var (storage, ingestor) = await StartAsync();
        await DropAsync(storage, ingestor, "mfds/food/a.csv", "x,y,z\n1,a,b\n");
        var second = await DropAsync(storage, ingestor, "mfds/food/a.csv", "x,y,w\nq,a,b\n");

        Assert.Equal(
            [("schema-field-removed", "z"), ("schema-field-added", "w"), ("schema-type-changed", "x")],
            second.Problems
                .Where(problem => problem.Code.StartsWith("schema-", StringComparison.Ordinal))
                .Select(problem => (problem.Code, problem.Column!)));
    }

    [Fact]
    public async Task What_fails_on_every_try_is_kept_in_quarantine()
    {
        var (storage, ingestor) = await StartAsync();
        await PutAsync(storage, "mfds/food/a.csv", "x,y\n1,2\n");
        var failed = (await ingestor.GiveUpAsync("mfds/food/a.csv", Fault.System))!;

        Assert.Equal(UploadState.Failed, failed.State);
        Assert.Equal("system-fault", Assert.Single(failed.Problems).Code);
        Assert.True(await storage.Quarantine.GetBlobClient(failed.Quarantine + "a.csv").ExistsAsync());
        Assert.Equal(UploadState.Failed, (await ingestor.IngestAsync("mfds/food/a.csv"))!.State);
    }

    [Fact]
    public async Task A_drop_that_is_gone_is_nothing()
    {
        var (_, ingestor) = await StartAsync();

        Assert.Null(await ingestor.IngestAsync("mfds/food/never.csv"));
        Assert.Null(await ingestor.GiveUpAsync("mfds/food/never.csv", Fault.System));
    }

    private static async Task<(Storage Storage, Ingestor Ingestor)> StartAsync()
    {
        var storage = await TestStorage.CreateAsync();
        return (storage, new Ingestor(storage, new DatasetCatalog(storage), new UploadLog(storage), TimeProvider.System));
    }

    private static async Task<Upload> DropAsync(Storage storage, Ingestor ingestor, string path, string text)
    {
        await PutAsync(storage, path, text);
        return (await ingestor.IngestAsync(path))!;
    }

    private static async Task PutAsync(Storage storage, string path, string text) =>
        await storage.Incoming.GetBlobClient(path).UploadAsync(BinaryData.FromString(text), overwrite: true);

    private static async Task<List<string>> NamesAsync(IAsyncEnumerable<BlobItem> blobs)
    {
        var names = new List<string>();
        await foreach (var blob in blobs) names.Add(blob.Name);
        return names;
    }
}

using System.Net.Sockets;
using System.Text;
using Azure.Storage.Sas;
using OpenData.Catalog;
using OpenData.Ingest.Publishing;
using OpenData.Lake;

namespace OpenData.Tests.Ingest.Publishing;

/// <summary>Names that no folder would have and that storage takes all the same.</summary>
public sealed class HostileNamesTests
{
    public static TheoryData<string> Names { get; } =
    [
        ".", "..", "../x", "mfds/food/..", "mfds/../x.csv", "a//b", "/mfds/food/a.csv", "mfds/food/a.csv/", "mfds/food/", "mfds//a.csv",
        "mfds/food/\u0001.csv", "mfds/food/\u202Egpj.csv", "mfds/\u202Efood/a.csv", "mfds/food\\a.csv",
        "mfds/food/" + new string('x', 1014), new string('a', 1024),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_ends_in_a_record_and_a_report(string name)
    {
        var storage = await TestStorage.CreateAsync();
        if (!await PutAsync(storage, name)) return; // the service itself refuses the name

        var upload = (await IngestAsync(storage, name))!;

        Assert.Equal(UploadState.Rejected, upload.State);
        Assert.Equal("drop-misplaced", Assert.Single(upload.Problems).Code);
        Assert.Equal(upload.UploadId, Assert.Single(await new UploadLog(storage).ListAsync().ToListAsync()).UploadId);
        Assert.True(await storage.Quarantine.GetBlobClient(upload.Quarantine + "report.json").ExistsAsync());
    }

    [Fact]
    public async Task Names_in_decomposed_letters_are_those_in_composed_ones()
    {
        var storage = await TestStorage.CreateAsync();
        const string Decomposed = "\u1100\u1175\u1100\u116A\u11AB/\u1112\u1161\u11AB\u1100\u1173\u11AF";
        await storage.Incoming.GetBlobClient("기관/한글/a.csv").UploadAsync(BinaryData.FromString("x,y\n1,2\n"));
        await storage.Incoming.GetBlobClient(Decomposed + "/a.csv").UploadAsync(BinaryData.FromString("x,y\n3,4\n5,6\n"));
        await IngestAsync(storage, "기관/한글/a.csv");
        var upload = (await IngestAsync(storage, Decomposed + "/a.csv"))!;

        Assert.Equal((UploadState.Published, "기관", "한글"), (upload.State, upload.Agency, upload.Dataset));
        var only = Assert.Single(await new DatasetCatalog(storage).ListAsync().ToListAsync());
        Assert.Equal(("한글@기관", 2L), (only.Id.ToString(), only.Current!.Rows));
    }

    [Fact]
    public async Task A_dataset_that_an_earlier_release_knew_in_decomposed_letters_goes_on_being_served()
    {
        var storage = await TestStorage.CreateAsync();
        await storage.Incoming.GetBlobClient("기관/한글/a.csv").UploadAsync(BinaryData.FromString("x,y\n1,2\n"));
        await IngestAsync(storage, "기관/한글/a.csv");
        // As an earlier release wrote it: keys and folders as the blob was named.
        var (agency, dataset) = (UnicodeText.Nfd("기관"), UnicodeText.Nfd("한글"));
        var row = (await storage.Datasets.GetEntityAsync<Azure.Data.Tables.TableEntity>("기관", "한글")).Value;
        await storage.Datasets.DeleteEntityAsync("기관", "한글");
        await storage.Datasets.AddEntityAsync(new Azure.Data.Tables.TableEntity(row) { PartitionKey = agency, RowKey = dataset });
        var id = DatasetId.Parse("한글@기관");
        var manifest = storage.Lake.GetBlobClient(VersionName.Manifest(id, row.GetString("Version")));
        await storage.Lake.GetBlobClient(UnicodeText.Nfd(manifest.Name)).UploadAsync((await manifest.DownloadContentAsync()).Value.Content);
        await manifest.DeleteAsync();
        var catalog = new DatasetCatalog(storage);

        Assert.Equal(id, Assert.Single(await catalog.ListAsync().ToListAsync()).Id);
        Assert.NotNull(await VersionStore.FindAsync(storage, id, (await catalog.FindAsync(id))!.Current!.Version));
        await storage.Incoming.GetBlobClient("기관/한글/b.csv").UploadAsync(BinaryData.FromString("x,y\n3,4\n5,6\n"));
        await IngestAsync(storage, "기관/한글/b.csv");
        Assert.Equal(2, Assert.Single(await catalog.ListAsync().ToListAsync()).Current!.Rows);
    }

    private static Task<Upload?> IngestAsync(Storage storage, string name) =>
        new Ingestor(storage, new DatasetCatalog(storage), new UploadLog(storage), TimeProvider.System).IngestAsync(name);

    /// <summary>Puts a blob byte by byte, because clients shorten such addresses; false if the service refuses it.</summary>
    private static async Task<bool> PutAsync(Storage storage, string name)
    {
        var container = storage.Incoming.GenerateSasUri(
            BlobContainerSasPermissions.Write | BlobContainerSasPermissions.Create, DateTimeOffset.UtcNow.AddHours(1));
        var path = string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
        using var client = new TcpClient();
        await client.ConnectAsync(container.Host, container.Port);
        await using var stream = client.GetStream();
        var request = $"PUT {container.AbsolutePath}/{path}{container.Query} HTTP/1.1\r\nHost: {container.Authority}\r\nx-ms-blob-type: "
            + "BlockBlob\r\n"
            + "x-ms-version: 2025-05-05\r\nContent-Length: 8\r\nConnection: close\r\n\r\nx,y\n1,2\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return (await reader.ReadLineAsync())!.Contains(" 201 ", StringComparison.Ordinal);
    }
}

using System.Text.Json.Nodes;
using OpenData.Api.Routing;
using OpenData.Catalog;
using OpenData.FunctionApp;
using OpenData.Lake;

namespace OpenData.Tests.FunctionApp;

/// <summary>
/// The worker as it is deployed, in the hands of a Functions host: its functions are found, made, bound to what the host sends, and do
/// their work.
/// </summary>
public class WorkerTests(FunctionsHost host) : IClassFixture<FunctionsHost>
{
    private const string Explore = $"/{Routes.Prefix}/explore/v2.1/catalog";

    [Fact]
    public void Every_function_is_indexed_and_loads()
    {
        Assert.Equal(Function.All.Select(function => function.Name).Order(), host.Functions.Keys.Order());
        Assert.All(host.Functions.Values, function => Assert.Equal("Success", function.Loaded));
    }

    [Fact]
    public async Task A_drop_becomes_a_dataset_that_answers()
    {
        Assert.Equal("Success",
            await host.InvokeAsync(
            nameof(IngestFunctions.IngestOnEvent), await DropAsync("seoul/parks/parks.csv", "name,area\n남산,102\nBukhan,7992\n")));
        Assert.Equal("Success",
            await host.InvokeAsync(
            nameof(PolledDropFunctions.IngestOnPoll), await DropAsync("busan/parks/parks.csv", "name,area\nTaejongdae,164\n")));

        Assert.Equal(
            """{"total_count":1,"results":[{"name":"Bukhan","area":7992}]}""", await RecordsAsync("parks@seoul", "?where=area>200"));
        Assert.Equal("""{"total_count":1,"results":[{"name":"Taejongdae","area":164}]}""", await RecordsAsync("parks@busan"));
        // Links lead where the public came in, not to the worker.
        var catalog = await host.GetAsync(nameof(Routes.Catalog), Explore);
        Assert.Equal($"https://{FunctionsHost.PublicHost}{Explore}", (string?)catalog["links"]![0]!["href"]);
    }

    [Fact]
    public async Task A_drop_that_the_host_gave_up_is_tried_once_more_whatever_lies_there_now()
    {
        const string Path = "seoul/hopeless/parks.csv";
        await DropAsync(Path, "name,area\nBukhan,7992\n");
        // As the host's storage extension writes it when it moves a drop's message to the poison queue.
        var message = new JsonObject
        {
            ["Type"] = "BlobTrigger",
            ["FunctionId"] = "Host.Functions.IngestOnEvent",
            ["BlobType"] = "BlockBlob",
            ["ContainerName"] = host.Storage.Incoming.Name,
            ["BlobName"] = Path,
            ["ETag"] = "\"0x8DC0000000000\"",
        };
        Assert.Equal("Success", await host.InvokeAsync(nameof(IngestFunctions.RetryFailed), new JsonObject { ["json"] = message.ToJsonString() }));

        var upload = Assert.Single(await new UploadLog(host.Storage).ListAsync("seoul").ToListAsync(), upload => upload.Path == Path);
        Assert.Equal(UploadState.Published, upload.State);
    }

    [Fact]
    public async Task A_drop_that_waited_is_ingested()
    {
        const string Path = "seoul/waited/parks.csv";
        await DropAsync(Path, "name,area\nBukhan,7992\n");
        Assert.Equal("Success", await host.InvokeAsync(nameof(IngestFunctions.Retry), new JsonObject { ["json"] = $$"""{"BlobName":"{{Path}}"}""" }));

        Assert.Single(await new UploadLog(host.Storage).ListAsync("seoul").ToListAsync(), upload => upload.Path == Path && upload.State == UploadState.Published);
    }

    [Fact]
    public async Task The_timers_work()
    {
        var due = new JsonObject
        {
            ["json"] = """{"ScheduleStatus":{"Last":"2026-11-23T18:00:00+00:00","Next":"2026-11-24T18:00:00+00:00","LastUpdated":"2026-11-23T18:00:00+00:00"},"IsPastDue":false}""",
        };
        foreach (var timer in Function.OfType("timerTrigger"))
        {
            Assert.Equal("Success", await host.InvokeAsync(timer.Name, (JsonObject)due.DeepClone()));
        }

        var reports = await host.GetAsync(nameof(Routes.Reports), $"/{Routes.Prefix}/{Routes.Reports}");
        Assert.NotEqual(0, (int)reports["total_count"]!);
    }

    private async Task<string> RecordsAsync(string id, string query = "") =>
        (await host.GetAsync(nameof(Routes.Records), $"{Explore}/datasets/{id}/records{query}", ("dataset_id", id))).ToJsonString();

    /// <summary>Drops a file.</summary>
    /// <returns>What the host tells of it: where it is, and by which setting it is reached.</returns>
    private async Task<JsonObject> DropAsync(string path, string content)
    {
        await host.Storage.Incoming.GetBlobClient(path).UploadAsync(BinaryData.FromString(content));
        var reference = BinaryData.FromObjectAsJson(
            new { Connection = StorageConnection.Setting, ContainerName = host.Storage.Incoming.Name, BlobName = path });
        return new JsonObject
        {
            ["modelBindingData"] = new JsonObject
            {
                ["version"] = "1.0",
                ["source"] = "AzureStorageBlobs",
                ["contentType"] = "application/json",
                ["content"] = Convert.ToBase64String(reference),
            },
        };
    }
}

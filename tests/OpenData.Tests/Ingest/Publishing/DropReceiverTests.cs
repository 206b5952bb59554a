using Azure;
using Azure.Core;
using Microsoft.Extensions.Logging.Abstractions;
using OpenData.Catalog;
using OpenData.Ingest.Publishing;
using OpenData.Lake;
using OpenData.Tests.Faults;

namespace OpenData.Tests.Ingest.Publishing;

public sealed class DropReceiverTests
{
    private const string Path = "mfds/food/a.csv";

    private readonly SkippingTime _time = new();
    private Func<Request, bool> _fails = _ => false;

    [Fact]
    public async Task A_fault_of_seconds_is_waited_out_within_one_call()
    {
        var (storage, receiver) = await StartAsync();
        var left = 3;
        _fails = request => IsOfLake(request) && left-- > 0;
        var begun = _time.GetUtcNow();

        var upload = (await receiver.ReceiveAsync(Path))!;

        Assert.Equal((UploadState.Published, 1), (upload.State, upload.Calls));
        Assert.True(_time.GetUtcNow() - begun > TimeSpan.FromSeconds(1));
        Assert.Empty((await storage.Retries.PeekMessagesAsync()).Value);
    }

    [Fact]
    public async Task A_longer_fault_puts_the_drop_off_and_its_record_says_until_when()
    {
        var (storage, receiver) = await StartAsync();
        _fails = IsOfLake;
        var begun = _time.GetUtcNow();
        var waiting = (await receiver.ReceiveAsync(Path))!;

        Assert.Equal((UploadState.Processing, Fault.System), (waiting.State, waiting.Fault));
        Assert.InRange(waiting.NextTry!.Value - begun, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90 + 30));
        Assert.Equal(1, (await storage.Retries.GetPropertiesAsync()).Value.ApproximateMessagesCount);
        Assert.Empty(await receiver.ReceiveDueAsync()); // it is not due

        _fails = _ => false;
        await storage.Retries.SendMessageAsync($$"""{"BlobName":"{{Path}}"}""");
        var upload = Assert.Single(await receiver.ReceiveDueAsync());
        Assert.Equal((UploadState.Published, 2), (upload.State, upload.Calls));
        Assert.Empty(await receiver.ReceiveDueAsync());
    }

    [Fact]
    public async Task After_the_last_delay_the_drop_is_given_up_and_kept()
    {
        var (storage, receiver) = await StartAsync();
        _fails = IsOfLake;
        var states = new List<UploadState>();
        for (var call = 0; call <= DropReceiver.Delays.Count; call++) states.Add((await receiver.ReceiveAsync(Path))!.State);

        Assert.Equal([.. Enumerable.Repeat(UploadState.Processing, DropReceiver.Delays.Count), UploadState.Failed], states);
        var failed = Assert.Single(await new UploadLog(storage).ListAsync("mfds").ToListAsync());
        Assert.Equal("system-fault", Assert.Single(failed.Problems).Code);
        Assert.True(await storage.Quarantine.GetBlobClient(failed.Quarantine + "a.csv").ExistsAsync());
    }

    [Fact]
    public async Task A_file_at_which_the_process_ends_each_time_is_not_said_to_be_well()
    {
        var (storage, receiver) = await StartAsync();
        var drop = (await Drop.FindAsync(storage, Path, default))!;
        await new UploadLog(storage).WriteAsync(
            drop.Record(UploadState.Processing) with { Calls = DropReceiver.Delays.Count + 1, Fault = Fault.CutOff });

        var failed = (await receiver.ReceiveAsync(Path))!;

        Assert.Equal((UploadState.Failed, "file-too-demanding"), (failed.State, Assert.Single(failed.Problems).Code));
        Assert.DoesNotContain("Nothing seems wrong", failed.Problems[0].Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drop_that_was_replaced_while_its_process_ended_comes_to_an_end()
    {
        var (storage, receiver) = await StartAsync();
        var drop = (await Drop.FindAsync(storage, Path, default))!;
        await new UploadLog(storage).WriteAsync(drop.Record(UploadState.Processing) with { Calls = 1, Fault = Fault.CutOff });
        await storage.Incoming.GetBlobClient(Path).UploadAsync(BinaryData.FromString("x,y\n3,4\n"), overwrite: true);

        var upload = (await receiver.ReceiveAsync(Path))!;

        Assert.Equal(UploadState.Published, upload.State);
        var replaced = (await new UploadLog(storage).FindAsync("mfds", drop.UploadId))!;
        Assert.Equal((UploadState.Rejected, "drop-replaced"), (replaced.State, Assert.Single(replaced.Problems).Code));
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_does_not_stop_the_queue()
    {
        var (storage, receiver) = await StartAsync();
        await storage.Retries.SendMessageAsync("[7]");
        await storage.Retries.SendMessageAsync($$"""{"BlobName":"{{Path}}"}""");

        Assert.Equal(UploadState.Published, Assert.Single(await receiver.ReceiveDueAsync()).State);
    }

    private static bool IsOfLake(Request request) => request.Uri.Path.Contains("lake/food", StringComparison.Ordinal);

    private async Task<(Storage Storage, DropReceiver Receiver)> StartAsync()
    {
        var storage = await TestStorage.CreateAsync();
        await storage.Incoming.GetBlobClient(Path).UploadAsync(BinaryData.FromString("x,y\n1,2\n"));
        var seen = await new FaultyStorage(
            request => _fails(request) ? throw new RequestFailedException(403, "Not now.") : ValueTask.CompletedTask).OpenAsync(storage);
        var ingestor = new Ingestor(seen, new DatasetCatalog(seen), new UploadLog(seen), _time);
        return (storage, new DropReceiver(seen, ingestor, _time, NullLogger<DropReceiver>.Instance));
    }
}

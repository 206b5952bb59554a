using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using OpenData.Lake;

namespace OpenData.Tests.Planning;

/// <summary>Ends an instance as a power cut does: after so many writes nothing reaches storage any more, not even what tidies up.</summary>
internal sealed class CutOff(int writes) : HttpPipelinePolicy
{
    private int _asked;

    /// <summary>How many writes reached storage.</summary>
    public int Writes => Math.Min(_asked, writes);

    /// <summary>Whether the end has come.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The same storage, seen by the instance that will be ended.</summary>
    public async Task<Storage> OpenAsync(Storage storage) =>
        Open(await TestStorage.ConnectionStringAsync(), storage.Usage.Name[..^"usage".Length]);

    /// <summary>The storage of a connection string, seen by the instance that will be ended.</summary>
    public Storage Open(string connection, string prefix = "")
    {
        var (blobs, tables) = (new BlobClientOptions(), new TableClientOptions());
        blobs.AddPolicy(this, HttpPipelinePosition.PerCall);
        tables.AddPolicy(this, HttpPipelinePosition.PerCall);
        return new Storage(
            new BlobServiceClient(connection, blobs),
            new TableServiceClient(connection, tables),
            new QueueServiceClient(connection, Storage.QueueOptions),
            prefix);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Count(message.Request);
        ProcessNext(message, pipeline);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Count(message.Request);
        await ProcessNextAsync(message, pipeline);
    }

    private void Count(Request request)
    {
        var isWrite = request.Method != RequestMethod.Get && request.Method != RequestMethod.Head
            && !request.Uri.Query.Contains("comp=lease", StringComparison.Ordinal);
        IsCut |= isWrite && Interlocked.Increment(ref _asked) > writes;
        if (IsCut) throw new RequestFailedException("The power is gone.");
    }
}

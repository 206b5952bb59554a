using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using OpenData.Lake;

namespace OpenData.Tests.Planning;

/// <summary>Ends an instance as a power cut does: after so many writes nothing reaches storage any more, not even what tidies up.</summary>
internal sealed class CutOff(int writes) : HttpPipelinePolicy
{
    private int _left = writes;

    /// <summary>Whether the end has come.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The same storage, seen by the instance that will be ended.</summary>
    public async Task<Storage> OpenAsync(Storage storage)
    {
        var (blobs, tables) = (new BlobClientOptions(), new TableClientOptions());
        blobs.AddPolicy(this, HttpPipelinePosition.PerCall);
        tables.AddPolicy(this, HttpPipelinePosition.PerCall);
        var connection = await TestStorage.ConnectionStringAsync();
        return new Storage(new BlobServiceClient(connection, blobs), new TableServiceClient(connection, tables), storage.Usage.Name[..^"usage".Length]);
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
        var isWrite = request.Method != RequestMethod.Get && request.Method != RequestMethod.Head && !request.Uri.Query.Contains("comp=lease", StringComparison.Ordinal);
        IsCut |= isWrite && Interlocked.Decrement(ref _left) < 0;
        if (IsCut) throw new RequestFailedException("The power is gone.");
    }
}

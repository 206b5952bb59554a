using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using OpenData.Lake;

namespace OpenData.Tests.Faults;

/// <summary>
/// Storage as a client sees it whose requests go wrong: a policy in the client's pipeline that may wait, or throw, before each of them is
/// sent.
/// </summary>
/// <param name="before">Is called before each request; what it throws is what the client gets.</param>
internal sealed class FaultyStorage(Func<Request, ValueTask> before) : HttpPipelinePolicy
{
    /// <summary>The same storage, seen by a client with faults.</summary>
    public async Task<Storage> OpenAsync(Storage storage) =>
        Open(await TestStorage.ConnectionStringAsync(), storage.Usage.Name[..^"usage".Length]);

    /// <summary>The storage of a connection string, seen by a client with faults. It does not try again by itself.</summary>
    public Storage Open(string connection, string prefix)
    {
        var (blobs, tables, queues) = (new BlobClientOptions(), new TableClientOptions(), new QueueClientOptions
        {
            MessageEncoding = Storage.QueueOptions.MessageEncoding,
        });
        foreach (var options in new ClientOptions[] { blobs, tables, queues })
        {
            options.AddPolicy(this, HttpPipelinePosition.PerCall);
            options.Retry.MaxRetries = 0;
        }

        return new Storage(
            new BlobServiceClient(connection, blobs),
            new TableServiceClient(connection, tables),
            new QueueServiceClient(connection, queues),
            prefix);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        before(message.Request).AsTask().GetAwaiter().GetResult();
        ProcessNext(message, pipeline);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await before(message.Request);
        await ProcessNextAsync(message, pipeline);
    }
}

using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using OpenData.Api.Routing;
using OpenData.Ingest.Publishing;
using OpenData.Lake;

namespace OpenData.FunctionApp;

/// <summary>
/// Drops where there is no Event Grid, as on one's own machine. Not in what is published: Flex Consumption counts a polled blob trigger
/// as an error at every start, disabled or not.
/// </summary>
public sealed class PolledDropFunctions(DropReceiver receiver)
{
    /// <summary>Found by looking into the container.</summary>
    [Function(nameof(IngestOnPoll))]
    public Task IngestOnPoll(
        [BlobTrigger(Triggers.Drops, Connection = StorageConnection.Setting,
            Source = BlobTriggerSource.LogsAndContainerScan)] BlobClient drop, CancellationToken cancellation) =>
        receiver.ReceiveAsync(drop.Name, cancellation);
}

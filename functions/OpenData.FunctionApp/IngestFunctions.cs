using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using OpenData.Api.Routing;
using OpenData.Ingest.Publishing;
using OpenData.Lake;

namespace OpenData.FunctionApp;

/// <summary>
/// A drop, announced by Event Grid; <c>PolledDropFunctions</c>, which is not published, has the other way. Both bind the blob's client,
/// never its content, which the host would load into memory.
/// </summary>
public sealed class IngestFunctions(DropReceiver receiver)
{
    /// <summary>Announced by Event Grid within seconds: the only way on Flex Consumption.</summary>
    [Function(nameof(IngestOnEvent))]
    public Task IngestOnEvent(
        [BlobTrigger(Triggers.Drops, Connection = StorageConnection.Setting, Source = BlobTriggerSource.EventGrid)] BlobClient drop,
        CancellationToken cancellation) =>
        receiver.ReceiveAsync(drop.Name, cancellation);

    /// <summary>The system failed on a drop some time ago: it is tried again.</summary>
    [Function(nameof(Retry))]
    public Task Retry(
        [QueueTrigger(Triggers.Retries, Connection = StorageConnection.Setting)] DropNotice drop, CancellationToken cancellation) =>
        receiver.ReceiveAsync(drop.BlobName, cancellation);

    /// <summary>
    /// Storage did not even take the message for a later retry, or the process ended at every attempt: the current blob is tried once
    /// more, and given up if it was tried often enough.
    /// </summary>
    [Function(nameof(RetryFailed))]
    public Task RetryFailed(
        [QueueTrigger(Triggers.FailedDrops, Connection = StorageConnection.Setting)] DropNotice drop, CancellationToken cancellation) =>
        receiver.ReceiveAsync(drop.BlobName, cancellation);
}

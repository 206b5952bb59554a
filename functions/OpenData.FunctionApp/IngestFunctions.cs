using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using OpenData.Api.Routing;
using OpenData.Ingest.Publishing;
using OpenData.Lake;

namespace OpenData.FunctionApp;

/// <summary>
/// A drop, announced in one of two ways; the setting <c>AzureWebJobs.{function}.Disabled</c> silences the other. Both bind the blob's
/// client, never its content, which the host would load into memory.
/// </summary>
public sealed class IngestFunctions(Ingestor ingestor)
{
    /// <summary>Announced by Event Grid within seconds: the only way on Flex Consumption.</summary>
    [Function(nameof(IngestOnEvent))]
    public Task IngestOnEvent(
        [BlobTrigger(Triggers.Drops, Connection = StorageConnection.Setting, Source = BlobTriggerSource.EventGrid)] BlobClient drop,
        CancellationToken cancellation) =>
        ingestor.IngestAsync(drop.Name, cancellation);

    /// <summary>Found by looking into the container: where there is no Event Grid, as on one's own machine or a Premium plan.</summary>
    [Function(nameof(IngestOnPoll))]
    public Task IngestOnPoll(
        [BlobTrigger(Triggers.Drops, Connection = StorageConnection.Setting, Source = BlobTriggerSource.LogsAndContainerScan)]
        BlobClient drop,
        CancellationToken cancellation) =>
        ingestor.IngestAsync(drop.Name, cancellation);

    /// <summary>Every try failed: the drop goes to quarantine, and whoever waits for it is told.</summary>
    [Function(nameof(GiveUp))]
    public Task GiveUp(
        [QueueTrigger(Triggers.GivenUpDrops, Connection = StorageConnection.Setting)] GivenUpDrop drop, CancellationToken cancellation) =>
        ingestor.GiveUpAsync(drop.BlobName, drop.ETag, cancellation);
}

/// <summary>What the Functions host says of a drop on which every try failed.</summary>
/// <param name="BlobName">The blob's name in its container.</param>
/// <param name="ETag">The ETag it had when the tries began.</param>
public sealed record GivenUpDrop(string BlobName, string ETag);

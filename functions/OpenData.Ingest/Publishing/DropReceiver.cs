using System.Text.Json;
using Azure;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;
using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.Ingest.Publishing;

/// <summary>
/// A message of the queue <c>ingest-retries</c>: the blob that is to be ingested again. The Functions host's own messages about drops on
/// which a
/// function kept throwing have the same member, and more that we do not need.
/// </summary>
/// <param name="BlobName">The blob's name in its container.</param>
public sealed record DropNotice(string BlobName);

/// <summary>
/// What both hosts do with a drop: ingest it, and where the system fails, not the file, try again until it is clear that trying does not
/// help. The first
/// tries follow each other within half a minute; then the drop waits in the queue <c>ingest-retries</c>, longer each time, and its record
/// says until when.
/// </summary>
public sealed class DropReceiver(Storage storage, Ingestor ingestor, TimeProvider time, ILogger<DropReceiver> logger)
{
    /// <summary>The pauses between the tries of one call: 29 seconds together.</summary>
    public static readonly IReadOnlyList<TimeSpan> Pauses =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(16)];

    /// <summary>How long a drop waits in the queue after its first, second, … call; after the last of them it is given up.</summary>
    public static readonly IReadOnlyList<TimeSpan> Delays =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(120), TimeSpan.FromMinutes(360),
    ];

    /// <summary>Ingests the current blob of a name, whichever version of it was announced.</summary>
    /// <param name="blobName">The blob's name, <c>{agency}/{dataset}/{file}</c>.</param>
    /// <param name="cancellation">Stops the work; what was begun is finished by the next call.</param>
    /// <returns>
    /// The drop's record: in a final state, or waiting for <see cref="Upload.NextTry"/>; null if the blob is not there any more.
    /// </returns>
    /// <exception cref="RequestFailedException">Storage takes not even a message: the host's own retries are next.</exception>
    public async Task<Upload?> ReceiveAsync(string blobName, CancellationToken cancellation = default)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await ingestor.IngestAsync(blobName, isRetry: attempt > 0, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested && attempt < Pauses.Count && e is not OutOfMemoryException)
            {
                logger.LogWarning(e, "The drop {Path} failed; trying again in {Seconds} seconds", blobName, Pauses[attempt].TotalSeconds);
                await Task.Delay(Pauses[attempt], time, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                return await PostponeAsync(blobName, e, cancellation);
            }
        }
    }

    /// <summary>Ingests what waits in the queue and is due, where there is no Functions host to do so.</summary>
    /// <returns>The records of the drops that were tried.</returns>
    public async Task<IReadOnlyList<Upload>> ReceiveDueAsync(CancellationToken cancellation = default)
    {
        var tried = new List<Upload>();
        foreach (var message in (await storage.Retries.ReceiveMessagesAsync(
            maxMessages: 16, visibilityTimeout: TimeSpan.FromMinutes(10), cancellation)).Value)
        {
            if (Read(message) is { } notice && await ReceiveAsync(notice.BlobName, cancellation) is { } upload) tried.Add(upload);
            await storage.Retries.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellation);
        }

        return tried;
    }

    private async Task<Upload?> PostponeAsync(string blobName, Exception error, CancellationToken cancellation)
    {
        var calls = await ingestor.CallsAsync(blobName, cancellation);
        var fault = error is OutOfMemoryException ? Fault.Memory : Fault.System;
        if (calls > Delays.Count)
        {
            logger.LogError(error, "The drop {Path} failed in {Calls} calls and is given up", blobName, calls);
            return await ingestor.GiveUpAsync(blobName, fault, cancellation);
        }

        var delay = Delays[Math.Max(calls, 1) - 1];
        logger.LogError(error, "The drop {Path} failed; the next try is in {Minutes} minutes", blobName, delay.TotalMinutes);
        await storage.Retries.SendMessageAsync(
            JsonSerializer.Serialize(new DropNotice(blobName)), visibilityTimeout: delay, cancellationToken: cancellation);
        return await ingestor.PostponeAsync(blobName, fault, time.GetUtcNow() + delay, cancellation);
    }

    private DropNotice? Read(QueueMessage message) => StoredData.Read(
        "retry", message.MessageId, () => JsonSerializer.Deserialize<DropNotice>(message.Body.ToMemory().Span), logger);
}

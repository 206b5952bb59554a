using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.Ingest.Publishing;

/// <summary>
/// Finds drops in <c>incoming</c> that were not announced: the event was lost or refused, the drop came before the subscription, or
/// the attempt that began with it was cut off and never tried again. Each is put into the queue <c>ingest-retries</c>, so no way of losing
/// an announcement loses a drop.
/// </summary>
public sealed class UnannouncedDrops(Storage storage, UploadLog uploads, TimeProvider time)
{
    /// <summary>How old a drop without a record is at least: its announcement may still be on its way.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    /// <summary>How far back a look goes that is not at everything.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromDays(8);

    /// <summary>Looks once. Announcing a drop twice does no harm: it is ingested once.</summary>
    /// <param name="everything">Whether at all drops there are; otherwise at those of the last <see cref="Recent"/>.</param>
    /// <param name="cancellation">Stops; the next look goes on.</param>
    /// <returns>How many drops were put into the queue.</returns>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    public async Task<int> AnnounceAsync(bool everything, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        var announced = 0;
        await foreach (var drop in FindAsync(everything ? DateTimeOffset.MinValue : now - Recent, now, cancellation))
        {
            // It may be waiting for its next try, which is up to six hours away.
            var known = await uploads.FindAsync(drop.Agency, drop.UploadId, cancellation);
            if (known?.NextTry + Sweeper.Attempt > now) continue;
            await storage.Retries.SendMessageAsync(JsonSerializer.Serialize(new DropNotice(drop.Path)), cancellation);
            announced++;
        }

        return announced;
    }

    private async IAsyncEnumerable<Drop> FindAsync(
        DateTimeOffset since, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // The listing is sorted by name, so an agency's drops follow one another; no more than one agency's ids are held.
        var (agency, settled) = ("", new HashSet<string>());
        await foreach (var blob in storage.Incoming.GetBlobsAsync(cancellationToken: cancellation))
        {
            var drop = Drop.Of(storage, blob);
            if (drop.DroppedAt < since || now - drop.DroppedAt < Grace) continue;
            if (drop.Agency != agency)
            {
                (agency, settled) = (drop.Agency, await uploads.SettledAsync(drop.Agency, since, now - Sweeper.Attempt, cancellation));
            }

            if (!settled.Contains(drop.UploadId)) yield return drop;
        }
    }
}

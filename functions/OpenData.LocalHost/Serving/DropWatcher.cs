using OpenData.Catalog;
using OpenData.Ingest.Publishing;
using OpenData.Lake;

namespace OpenData.LocalHost.Serving;

/// <summary>
/// The blob trigger and the queue trigger where there is no Functions host: looks every second for drops that it has not seen and for those
/// that are due
/// to be tried again.
/// </summary>
internal sealed class DropWatcher(Storage storage, DropReceiver receiver, Narrator narrator, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly HashSet<(string Name, string ETag)> _seen = [];

    /// <summary>Looks every second until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            try
            {
                await LookAsync(cancellation);
            }
            catch (Exception e) when (e is Azure.RequestFailedException or IOException or AggregateException)
            {
                narrator.Warn($"Storage does not answer; trying again. {e.Message}");
            }
        }
    }

    /// <summary>Ingests what is there and not yet seen.</summary>
    /// <returns>Whether every drop reached an end of its own: published, or rejected with a report.</returns>
    public async Task<bool> LookAsync(CancellationToken cancellation)
    {
        var drops = new List<(string Name, string ETag)>();
        await foreach (var blob in storage.Incoming.GetBlobsAsync(cancellationToken: cancellation))
        {
            var drop = (blob.Name, blob.Properties.ETag.ToString() ?? "");
            if (!_seen.Contains(drop)) drops.Add(drop);
        }

        var allEnded = true;
        foreach (var drop in drops)
        {
            allEnded &= await IngestAsync(drop.Name, cancellation);
            _seen.Add(drop);
        }

        var now = time.GetUtcNow();
        foreach (var upload in await receiver.ReceiveDueAsync(cancellation)) Tell(upload, now);
        return allEnded;
    }

    private async Task<bool> IngestAsync(string name, CancellationToken cancellation)
    {
        var started = time.GetUtcNow();
        var upload = await receiver.ReceiveAsync(name, cancellation);
        if (upload is not null) Tell(upload, started);
        return upload?.State is not (UploadState.Failed or UploadState.Processing);
    }

    private void Tell(Upload upload, DateTimeOffset since)
    {
        if (upload.FinishedAt >= since) narrator.Tell(upload);
        else if (upload.NextTry is { } next) narrator.Warn($"{upload.Path}: the system failed; the next try is at {next:u}.");
    }
}

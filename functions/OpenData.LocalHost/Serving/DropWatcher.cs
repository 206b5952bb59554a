using OpenData.Api.Routing;
using OpenData.Catalog;
using OpenData.Ingest.Publishing;
using OpenData.Lake;

namespace OpenData.LocalHost.Serving;

/// <summary>
/// The blob trigger where there is no Functions host: looks into <c>incoming</c> every second and ingests what it has not seen,
/// trying again as often as the Functions host would.
/// </summary>
internal sealed class DropWatcher(Storage storage, Ingestor ingestor, Narrator narrator, TimeProvider time)
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

        return allEnded;
    }

    private async Task<bool> IngestAsync(string name, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var started = time.GetUtcNow();
                var upload = await ingestor.IngestAsync(name, cancellation);
                if (upload?.FinishedAt >= started) narrator.Tell(upload);
                return upload?.State != UploadState.Failed;
            }
            catch (Exception e) when (e is not OperationCanceledException && attempt < Triggers.Tries)
            {
                narrator.Warn($"{name}: {e.Message} Trying again ({attempt} of {Triggers.Tries - 1}).");
                await Task.Delay(TimeSpan.FromSeconds(attempt), time, cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                narrator.Warn($"{name}: given up after {Triggers.Tries} tries. {e.Message}");
                await ingestor.GiveUpAsync(name, cancellation: cancellation);
                return false;
            }
        }
    }
}

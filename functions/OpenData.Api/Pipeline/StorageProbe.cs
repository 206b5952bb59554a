using Azure;
using Azure.Data.Tables;
using OpenData.Lake;

namespace OpenData.Api.Pipeline;

/// <summary>Whether storage answers, asked under a short limit, because the storage client itself tries again for half a minute.</summary>
public sealed class StorageProbe(Storage storage, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(900);
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1); // many requests that wait at once ask storage once

    private readonly Lock _lock = new();
    private Task<bool> _last = Task.FromResult(true);
    private long _askedAt = -1;

    /// <summary>Whether blobs and tables answer within 0.9 s; the answer may be a second old.</summary>
    public Task<bool> IsAnsweringAsync()
    {
        lock (_lock)
        {
            if (_askedAt < 0 || (_last.IsCompleted && time.GetElapsedTime(_askedAt) > Kept))
            {
                _askedAt = time.GetTimestamp();
                _last = AskAsync();
            }

            return _last;
        }
    }

    private async Task<bool> AskAsync()
    {
        using var limit = new CancellationTokenSource(Limit, time);
        try
        {
            await Task.WhenAll(
                storage.Lake.GetPropertiesAsync(cancellationToken: limit.Token),
                storage.Keys.GetEntityIfExistsAsync<TableEntity>("probe", "probe", cancellationToken: limit.Token));
            return true;
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or OperationCanceledException)
        {
            return false;
        }
    }
}

using System.Diagnostics;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;

namespace OpenData.Lake;

/// <summary>
/// The right to do something that one instance does at a time: the lease of a blob, which ends by itself if the instance does.
/// </summary>
public sealed class StorageLease : IAsyncDisposable
{
    /// <summary>How long it lasts when its holder renews it no more.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    private readonly BlobLeaseClient _lease;
    private readonly CancellationTokenSource _done = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _renewing;

    private StorageLease(BlobLeaseClient lease)
    {
        _lease = lease;
        _renewing = RenewAsync();
    }

    /// <summary>Cancelled when the lease could not be kept, so that another instance may have it.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>
    /// Takes the lease. If another instance has it, asks again until its patience is over: the lease of an instance that was killed
    /// has ended by then if the patience is longer than <see cref="Length"/>.
    /// </summary>
    /// <param name="blob">The blob; it is made if it is not there.</param>
    /// <param name="patience">For how long to ask.</param>
    /// <param name="waiting">Called once, if it has to wait.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The lease, or null if another instance has it still.</returns>
    public static async Task<StorageLease?> TakeAsync(BlobClient blob, TimeSpan patience, Action waiting, CancellationToken cancellation)
    {
        var asked = Stopwatch.GetTimestamp();
        for (var first = true; ; first = false)
        {
            if (await TryTakeAsync(blob, cancellation) is { } lease) return lease;
            if (Stopwatch.GetElapsedTime(asked) >= patience) return null;
            if (first) waiting();
            await Task.Delay(AskEvery, cancellation);
        }
    }

    /// <summary>Takes the lease; null if another instance has it.</summary>
    public static async Task<StorageLease?> TryTakeAsync(BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            if (!await blob.ExistsAsync(cancellation)) await blob.UploadAsync(BinaryData.FromString(""), overwrite: false, cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Another instance has just made it.
        }

        try
        {
            var lease = blob.GetBlobLeaseClient();
            await lease.AcquireAsync(Length, cancellationToken: cancellation);
            return new StorageLease(lease);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return null;
        }
    }

    /// <summary>Gives it back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _renewing;
        try
        {
            await _lease.ReleaseAsync();
        }
        catch (RequestFailedException)
        {
            // It ends by itself.
        }

        _done.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(RenewEvery, _done.Token);
                await _lease.RenewAsync(cancellationToken: _done.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Done.
        }
        catch (RequestFailedException)
        {
            await _lost.CancelAsync();
        }
    }
}

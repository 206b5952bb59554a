using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.Query.Subjects;

/// <summary>
/// Keeps the beginning of the catalogue's index short: writes the changes since the last base into a new one, by one instance at a time.
/// Whatever it is cut off at, the last base stays whole and the feed still has what it lacks.
/// </summary>
public sealed class CatalogUpkeep
{
    /// <summary>After how many changes an instance writes a new base without waiting for the timer.</summary>
    internal const int MostChanges = 5_000;

    // So many changes before the base's stay in the feed, for instances that follow it and have not asked for a while.
    private const int KeptChanges = 1_000;

    // For how long a base that is not the current one may still be being read, or written.
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    private readonly CatalogIndex _index;
    private readonly Storage _storage;
    private readonly DatasetCatalog _catalog;
    private readonly string _folder;
    private readonly ILogger? _logger;
    private Task _compacting = Task.CompletedTask;

    internal CatalogUpkeep(CatalogIndex index, Storage storage, DatasetCatalog catalog, string folder, ILogger? logger) =>
        (_index, _storage, _catalog, _folder, _logger) = (index, storage, catalog, folder, logger);

    /// <summary>
    /// The timer's work: announces what the index does not know of the datasets' rows, and writes a new base if anything has changed.
    /// </summary>
    /// <returns>The new base; null if none was needed, or another instance is at it.</returns>
    public async Task<CatalogBase?> RunAsync(CancellationToken cancellation = default)
    {
        var announced = await _index.ReconcileAsync(cancellation);
        if (announced > 0) _logger?.LogWarning("{Datasets} datasets had changed without an entry in the catalogue's feed", announced);
        return await CompactAsync(cancellation);
    }

    /// <summary>
    /// Makes the index anew from the datasets' rows and manifests, writes it as the base, and has every instance begin with that. For when
    /// the base or the feed was lost or is in doubt.
    /// </summary>
    /// <returns>The new base; null if another instance was writing one.</returns>
    public async Task<CatalogBase?> RebuildAsync(CancellationToken cancellation = default)
    {
        await _index.RebuildAsync(cancellation);
        if (await CompactAsync(cancellation, always: true) is not { } made) return null;
        await _catalog.Changes.AppendReloadAsync(cancellation);
        return made;
    }

    /// <summary>Begins to write a new base in the background if many changes have come since the last one.</summary>
    internal void CompactIfMany()
    {
        if (_index.ChangesSinceBase < MostChanges || !_compacting.IsCompleted) return;
        _compacting = Task.Run(async () =>
        {
            try
            {
                await CompactAsync(CancellationToken.None);
            }
            catch (Exception e) when (e is RequestFailedException or IOException or ObjectDisposedException)
            {
                _logger?.LogWarning(e, "The catalogue's base was not written; the timer tries again");
            }
        });
    }

    private async Task<CatalogBase?> CompactAsync(CancellationToken cancellation, bool always = false)
    {
        await using var turn = await StorageLease.TryTakeAsync(_storage.Catalog.GetBlobClient("compact.lock"), cancellation);
        if (turn is null) return null;
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellation, turn.Lost);
        var before = await CatalogBase.FindAsync(_storage, lost.Token);
        await _index.CurrentAsync(lost.Token);
        if (!always && before?.Base.Form == CatalogColumns.Form && before.Value.Base.Position >= _index.Position) return null;

        var file = Path.Combine(_folder, $"{Path.GetRandomFileName()}.parquet.tmp");
        try
        {
            var (position, rows) = await _index.WriteAsync(file, lost.Token);
            var name = $"{position:d19}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}.parquet";
            await _storage.Catalog.GetBlobClient(name).UploadAsync(file, lost.Token);
            var made = new CatalogBase(position, CatalogColumns.Form, name, rows);
            if (!await made.TryServeAsync(_storage, before?.ETag, lost.Token)) return null;
            _index.BasePosition = position;
            await _catalog.Changes.TrimAsync(position - KeptChanges, lost.Token);
            await SweepAsync(name, before?.Base.Blob, lost.Token);
            return made;
        }
        finally
        {
            File.Delete(file);
        }
    }

    // Times are storage's own, so that no instance's clock matters.
    private async Task SweepAsync(string current, string? before, CancellationToken cancellation)
    {
        var blobs = await _storage.Catalog.GetBlobsAsync(cancellationToken: cancellation)
            .Where(blob => blob.Name.EndsWith(".parquet", StringComparison.Ordinal)).ToListAsync(cancellation);
        var written = blobs.FirstOrDefault(blob => blob.Name == current)?.Properties.LastModified;
        foreach (var blob in blobs.Where(blob => blob.Name != current && blob.Name != before && IsOld(blob)))
        {
            await _storage.Catalog.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
        }

        bool IsOld(BlobItem blob) => blob.Properties.LastModified < written - Grace;
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Models;

namespace OpenData.Lake;

/// <summary>Local copies of Parquet files, held for as long as this is: nothing of it is evicted before <see cref="Dispose"/>.</summary>
public sealed class CachedParts : IDisposable
{
    private readonly Action _release;
    private int _released;

    internal CachedParts(IReadOnlyList<string> paths, Action release) => (Paths, _release) = (paths, release);

    /// <summary>The local paths, in the order of the parts.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Lets the cache evict them again.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0) _release();
    }
}

/// <summary>
/// The local copy of what queries read: Parquet files on disk, keyed by blob and ETag, bounded in bytes, the least recently used
/// going first; and version manifests in memory. A file is downloaded once, however many requests wait for it, and
/// survives a restart. Safe to use from any thread.
/// </summary>
public sealed class ParquetCache
{
    private const int MaxManifests = 500;

    private readonly Storage _storage;
    private readonly long _capacity;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DatasetVersion Version, long Used)> _manifests = new(StringComparer.Ordinal);
    private long _clock;

    /// <summary>Opens the cache in a folder; what an earlier process left there is used again.</summary>
    /// <param name="storage">Where the files come from.</param>
    /// <param name="folder">The folder; created if it is missing.</param>
    /// <param name="capacity">The most bytes to keep, 0 or more. Files in use may go beyond it for as long as they are used.</param>
    /// <param name="time">The clock.</param>
    public ParquetCache(Storage storage, string folder, long capacity, TimeProvider time)
    {
        _storage = storage;
        _capacity = capacity;
        Folder = Path.GetFullPath(Path.Combine(folder, "parts"));
        Directory.CreateDirectory(Folder);
        foreach (var file in new DirectoryInfo(Folder).EnumerateFiles().OrderBy(file => file.LastAccessTimeUtc))
        {
            if (file.Extension == ".parquet") _entries[file.FullName] = new Entry(file.FullName, file.Length) { Used = ++_clock };
            else if (file.LastWriteTimeUtc < time.GetUtcNow().AddHours(-1)) TryDelete(file.FullName); // a download that was cut off
        }
    }

    /// <summary>The folder that holds the files.</summary>
    public string Folder { get; }

    /// <summary>Reads a version's manifest, or null if there is no such version. Versions never change, so it is read once.</summary>
    public async Task<DatasetVersion?> FindVersionAsync(DatasetId id, string version, CancellationToken cancellation = default)
    {
        var name = VersionName.Manifest(id, version);
        lock (_lock)
        {
            if (_manifests.TryGetValue(name, out var known))
            {
                _manifests[name] = (known.Version, ++_clock);
                return known.Version;
            }
        }

        DatasetVersion manifest;
        try
        {
            var blob = await _storage.Lake.GetBlobClient(name).DownloadContentAsync(cancellation);
            manifest = JsonSerializer.Deserialize<DatasetVersion>(blob.Value.Content, OpenDataJson.Options)!;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }

        lock (_lock)
        {
            if (_manifests.Count >= MaxManifests) _manifests.Remove(_manifests.MinBy(entry => entry.Value.Used).Key);
            _manifests[name] = (manifest, ++_clock);
        }

        return manifest;
    }

    /// <summary>Makes sure that files are here, downloading those that are not.</summary>
    /// <exception cref="IOException">The disk is full, even with everything evicted that is not in use.</exception>
    /// <exception cref="RequestFailedException">Storage did not give a file.</exception>
    public async Task<CachedParts> RentAsync(IReadOnlyList<Part> parts, CancellationToken cancellation = default)
    {
        var entries = new List<Entry>(parts.Count);
        try
        {
            foreach (var part in parts)
            {
                var (entry, download) = Pin(part);
                entries.Add(entry);
                // The download goes on for the others when one who waits for it goes away.
                await download.WaitAsync(cancellation);
            }
        }
        catch
        {
            Release(entries);
            throw;
        }

        return new CachedParts([.. entries.Select(entry => entry.Path)], () => Release(entries));
    }

    private (Entry Entry, Task Download) Pin(Part part)
    {
        var path = Path.Combine(
            Folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{part.Blob}\n{part.ETag}")), 0, 16) + ".parquet");
        lock (_lock)
        {
            var known = _entries.TryGetValue(path, out var entry);
            var here = known && !entry!.Download.IsFaulted && !entry.Download.IsCanceled
                && (!entry.Download.IsCompleted || IsWhole(path, part.Bytes));
            CacheTelemetry.Rented(here);
            if (!here)
            {
                var replaced = entry;
                entry = new Entry(path, part.Bytes) { Pins = replaced?.Pins ?? 0 };
                _entries[path] = entry;
                entry.Download = Task.Run(() => DownloadAsync(part, path));
            }

            entry!.Pins++;
            entry.Used = ++_clock;
            return (entry, entry.Download);
        }
    }

    private async Task DownloadAsync(Part part, string path)
    {
        Evict();
        try
        {
            await DownloadOnceAsync(part, path);
        }
        catch (IOException)
        {
            // The disk is full, perhaps of things that are not ours. Give back all that we can and try once more.
            Evict(everything: true);
            await DownloadOnceAsync(part, path);
        }
    }

    private async Task DownloadOnceAsync(Part part, string path)
    {
        using var span = Telemetry.Begin("cache.download");
        span?.SetTag("opendata.path", part.Blob);
        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            await using (var file = new FileStream(temporary, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Options = FileOptions.Asynchronous,
                PreallocationSize = part.Bytes, // a disk too full for the file says so before anything is sent
            }))
            {
                await _storage.Lake.GetBlobClient(part.Blob).DownloadToAsync(
                    file, new BlobDownloadToOptions { Conditions = new BlobRequestConditions { IfMatch = new ETag(part.ETag) } });
            }

            if (!IsWhole(temporary, part.Bytes))
            {
                throw new IOException($"{part.Blob} came as {new FileInfo(temporary).Length} bytes instead of {part.Bytes}.");
            }
            File.Move(temporary, path, overwrite: true);
            CacheTelemetry.Downloaded(part.Bytes);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    private void Release(List<Entry> entries)
    {
        lock (_lock)
        {
            foreach (var entry in entries) entry.Pins--;
        }

        Evict();
    }

    private void Evict(bool everything = false)
    {
        lock (_lock)
        {
            var total = _entries.Values.Sum(entry => entry.Bytes);
            foreach (var entry in _entries.Values.OrderBy(entry => entry.Used).ToList())
            {
                if (!everything && total <= _capacity) return;
                if (entry.Pins > 0 || !entry.Download.IsCompleted) continue;
                _entries.Remove(entry.Path);
                TryDelete(entry.Path);
                total -= entry.Bytes;
            }
        }
    }

    private static bool IsWhole(string path, long bytes) => new FileInfo(path) is { Exists: true } file && file.Length == bytes;

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Someone else has it open, or was faster; it goes another time.
        }
    }

    private sealed class Entry(string path, long bytes)
    {
        public string Path { get; } = path;

        public long Bytes { get; } = bytes;

        public int Pins { get; set; }

        public long Used { get; set; }

        public Task Download { get; set; } = Task.CompletedTask;
    }
}

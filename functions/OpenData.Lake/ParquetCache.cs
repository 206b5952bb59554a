using System.Buffers;
using System.Security.Cryptography;
using Azure;

namespace OpenData.Lake;

/// <summary>
/// The local copy of what queries read: Parquet files on disk, named by the SHA-256 of their content, bounded in bytes, the least recently
/// used
/// going first; and version manifests in memory. A file is downloaded once, however many requests wait for it, and survives a restart.
/// Safe to use from any thread; a second process with the same folder gets a part of it to itself.
/// </summary>
/// <remarks>
/// A file is believed only after its content was compared with the SHA-256 that its version's manifest names: after the download, on first
/// use
/// after a restart, and whenever its size or the time of its last change is not what it was. What does not agree is fetched again.
/// </remarks>
public sealed class ParquetCache : IDisposable
{
    // Of the disk: what is left is for DuckDB's spill files, for the host and for logs.
    private const double ShareOfDisk = 0.6;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    private readonly Storage _storage;
    private readonly CacheFolder _own;
    private readonly ManifestCache _manifests;
    private readonly long _capacity;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private long _clock;

    /// <summary>Opens the cache in a folder; what an earlier process left there is used again.</summary>
    /// <param name="storage">Where the files come from.</param>
    /// <param name="folder">The folder; created if it is missing.</param>
    /// <param name="capacity">
    /// The most bytes to keep, 0 or more, and never more than 60 % of the room on the disk. Files in use may go beyond it for as long as
    /// they are used.
    /// </param>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    public ParquetCache(Storage storage, string folder, long capacity)
    {
        _storage = storage;
        _manifests = new ManifestCache(storage);
        _own = CacheFolder.Take(folder);
        Folder = Path.Combine(_own.Path, "parts");
        SpillFolder = Path.Combine(_own.Path, "spill");
        if (Directory.Exists(SpillFolder)) Directory.Delete(SpillFolder, recursive: true); // of an earlier process
        Directory.CreateDirectory(SpillFolder);
        Directory.CreateDirectory(Folder);
        _capacity = LocalDisk.Bound(Folder, capacity, ShareOfDisk);
        foreach (var file in new DirectoryInfo(Folder).EnumerateFiles().OrderBy(file => file.LastAccessTimeUtc))
        {
            if (file.Extension == ".parquet") _entries[file.FullName] = new Entry(file.FullName) { Bytes = file.Length, Used = ++_clock };
            else TryDelete(file.FullName); // a download that was cut off
        }
    }

    /// <summary>The folder that holds the files.</summary>
    public string Folder { get; }

    /// <summary>A folder beside it for what a query writes to disk while it runs; empty when the cache is opened.</summary>
    public string SpillFolder { get; }

    /// <summary>Reads a version's manifest, or null if there is no such version. Versions never change, so it is read once.</summary>
    /// <exception cref="DamagedDataException">The manifest cannot be read.</exception>
    public Task<DatasetVersion?> FindVersionAsync(DatasetId id, string version, CancellationToken cancellation = default) =>
        _manifests.FindAsync(id, version, cancellation);

    /// <summary>Makes sure that files are here and sound, downloading those that are not.</summary>
    /// <exception cref="IOException">The disk is full, even with everything evicted that is not in use.</exception>
    /// <exception cref="RequestFailedException">Storage did not give a file.</exception>
    /// <exception cref="DamagedDataException">
    /// A file is gone from the lake, or its content is not what its version's manifest says.
    /// </exception>
    public async Task<CachedParts> RentAsync(IReadOnlyList<Part> parts, CancellationToken cancellation = default)
    {
        var entries = new List<Entry>(parts.Count);
        try
        {
            foreach (var part in parts)
            {
                var entry = Pin(part);
                entries.Add(entry);
                // The download goes on for the others when one who waits for it goes away.
                await entry.Ready.WaitAsync(cancellation);
            }
        }
        catch
        {
            Release(entries);
            throw;
        }

        return new CachedParts([.. entries.Select(entry => entry.Path)], () => Release(entries));
    }

    /// <summary>
    /// Has files compared with their checksums again before they are next given out: a statement could not read one of them.
    /// </summary>
    public void Doubt(IReadOnlyList<Part> parts)
    {
        lock (_lock)
        {
            foreach (var part in parts) _entries.GetValueOrDefault(Path.Combine(Folder, FileOf(part)))?.Doubt();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _own.Dispose();

    private Entry Pin(Part part)
    {
        var path = Path.Combine(Folder, FileOf(part));
        lock (_lock)
        {
            var known = _entries.GetValueOrDefault(path);
            var here = known is { Ready: { IsFaulted: false, IsCanceled: false } ready } && (!ready.IsCompleted || known.IsUnchanged());
            CacheTelemetry.Rented(here);
            var entry = known ?? (_entries[path] = new Entry(path));
            if (!here)
            {
                entry.Bytes = part.Bytes;
                entry.Ready = Task.Run(() => PrepareAsync(part, entry));
            }

            entry.Pins++;
            entry.Used = ++_clock;
            return entry;
        }
    }

    // The name comes from storage: it must not lead anywhere else.
    private static string FileOf(Part part) => part.Sha256.Length == 64 && !part.Sha256.AsSpan().ContainsAnyExcept(Hexadecimal)
        ? part.Sha256 + ".parquet"
        : throw new DamagedDataException("manifest", part.Blob, "It names no SHA-256 of the part's content.");

    private async Task PrepareAsync(Part part, Entry entry)
    {
        if (!await IsSoundAsync(entry.Path, part)) await DownloadAsync(part, entry.Path);
        entry.Remember();
    }

    private async Task DownloadAsync(Part part, string path)
    {
        Evict();
        try
        {
            if (await TryDownloadAsync(part, path)) return;
        }
        catch (IOException)
        {
            // The disk is full, perhaps of things that are not ours. Give back all that we can and try once more.
            Evict(everything: true);
        }

        if (!await TryDownloadAsync(part, path))
        {
            throw new DamagedDataException("part", part.Blob, "Its content is not the one that its version's manifest describes.");
        }
    }

    /// <summary>Downloads a file; false if what came is not what the manifest describes.</summary>
    private async Task<bool> TryDownloadAsync(Part part, string path)
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
                await _storage.Lake.GetBlobClient(part.Blob).DownloadToAsync(file);
                file.Flush(flushToDisk: true); // or a power cut could leave the final name on an empty file
            }

            if (!await IsSoundAsync(temporary, part)) return false;
            File.Move(temporary, path, overwrite: true);
            CacheTelemetry.Downloaded(part.Bytes);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            throw new DamagedDataException("part", part.Blob, "It is gone.", e);
        }
        finally
        {
            TryDelete(temporary);
        }
    }

    private static async Task<bool> IsSoundAsync(string path, Part part)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true } file || file.Length != part.Bytes) return false;
            await using var content = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(content)) == part.Sha256;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // the disk cannot read it any more
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
                if (entry.Pins > 0 || !entry.Ready.IsCompleted) continue;
                _entries.Remove(entry.Path);
                TryDelete(entry.Path);
                total -= entry.Bytes;
            }
        }
    }

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

    private sealed class Entry(string path)
    {
        private DateTime _written; // of a file that no one has compared with its checksum yet: never

        public string Path { get; } = path;

        public long Bytes { get; set; }

        public int Pins { get; set; }

        public long Used { get; set; }

        /// <summary>Completes once the file is here and sound.</summary>
        public Task Ready { get; set; } = Task.CompletedTask;

        /// <summary>Notes the file's last change, now that it is known to be sound.</summary>
        public void Remember() => _written = File.GetLastWriteTimeUtc(Path);

        /// <summary>Forgets that it is known to be sound.</summary>
        public void Doubt() => _written = default;

        /// <summary>Whether the file is as it was when it was last known to be sound.</summary>
        public bool IsUnchanged() =>
            new FileInfo(Path) is { Exists: true } file && file.Length == Bytes && file.LastWriteTimeUtc == _written;
    }
}

using System.Globalization;

namespace OpenData.Ingest.Checking;

/// <summary>Parts in a temporary folder, gone with this object.</summary>
internal sealed class TemporaryParts : IPartSink, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opendata-check-");
    private readonly List<string> _paths = [];

    /// <summary>The parts, in row order.</summary>
    public IReadOnlyList<string> Paths => _paths;

    /// <inheritdoc/>
    public Task<Stream> CreateAsync(int index, CancellationToken cancellation)
    {
        var path = Path.Combine(_folder.FullName, string.Create(CultureInfo.InvariantCulture, $"part-{index:d5}.parquet"));
        _paths.Add(path);
        return Task.FromResult<Stream>(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16));
    }

    /// <inheritdoc/>
    public Task DiscardAllAsync(CancellationToken cancellation)
    {
        foreach (var path in _paths) File.Delete(path);
        _paths.Clear();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}

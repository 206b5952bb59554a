namespace OpenData.Lake;

/// <summary>Version manifests in memory, the least recently used going first. Versions never change, so each is read once.</summary>
internal sealed class ManifestCache(Storage storage)
{
    private const int MaxManifests = 500;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DatasetVersion Version, long Used)> _manifests = new(StringComparer.Ordinal);
    private long _clock;

    /// <summary>Reads a version's manifest, or null if there is no such version.</summary>
    /// <exception cref="DamagedDataException">The manifest cannot be read.</exception>
    public async Task<DatasetVersion?> FindAsync(DatasetId id, string version, CancellationToken cancellation)
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

        if (await VersionStore.FindAsync(storage, id, version, cancellation) is not { } manifest) return null;
        lock (_lock)
        {
            if (_manifests.Count >= MaxManifests) _manifests.Remove(_manifests.MinBy(entry => entry.Value.Used).Key);
            _manifests[name] = (manifest, ++_clock);
        }

        return manifest;
    }
}

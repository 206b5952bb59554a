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

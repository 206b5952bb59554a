namespace OpenData.Query;

/// <summary>
/// Pages of records that were computed before, the last used ones up to a number of bytes. A key has everything that an answer depends on,
/// and versions never change, so that an entry is never stale. Safe to use from any thread.
/// </summary>
/// <param name="mostBytes">The most bytes of all pages together.</param>
internal sealed class ResultCache(long mostBytes)
{
    private const int EntryOverhead = 512; // bytes, for the key's objects and the lists

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, RecordPage Page)>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, RecordPage Page)> _byUse = new(); // the last used first
    private long _bytes;

    /// <summary>The bytes of all pages with their keys.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The page of a question; null if it is not here.</summary>
    public RecordPage? Find(string key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var entry)) return null;
            _byUse.Remove(entry);
            _byUse.AddFirst(entry);
            return entry.Value.Page;
        }
    }

    /// <summary>
    /// Keeps a page, and drops those that were not used for the longest time. A page of more than an eighth of the bound is not kept.
    /// </summary>
    public void Add(string key, RecordPage page)
    {
        if (SizeOf(key, page) > mostBytes / 8) return;
        lock (_lock)
        {
            if (_entries.ContainsKey(key)) return;
            _entries[key] = _byUse.AddFirst((key, page));
            _bytes += SizeOf(key, page);
            while (_bytes > mostBytes && _byUse.Last is { } oldest)
            {
                _byUse.RemoveLast();
                _entries.Remove(oldest.Value.Key);
                _bytes -= SizeOf(oldest.Value.Key, oldest.Value.Page);
            }
        }
    }

    private static long SizeOf(string key, RecordPage page) => EntryOverhead + (2L * key.Length) + page.Content.Length;
}

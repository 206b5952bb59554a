using System.Numerics;

namespace OpenData.Ingest.Parquet;

/// <summary>
/// The distinct values of a column in one row group, in the order in which they first occur, how often each occurs, and for each row which
/// it is. Gives up as soon as there are too many for it to be worth while.
/// </summary>
internal sealed class ValueDictionary
{
    /// <summary>With more values than this, indices are hardly smaller than the values.</summary>
    private const int MostValues = 1 << 14;

    private int[] _slots = new int[1 << 10];
    private ulong[] _hashes = new ulong[256];
    private int[] _firsts = new int[256];
    private int[] _counts = new int[256];
    private int[] _codes = [];
    private int _most;

    /// <summary>The number of distinct values.</summary>
    public int Count { get; private set; }

    /// <summary>For each value which of the distinct ones it is.</summary>
    public ReadOnlySpan<int> Codes => _codes.AsSpan(0, Coded);

    /// <summary>Values added.</summary>
    public int Coded { get; private set; }

    /// <summary>How often each distinct value occurs.</summary>
    public ReadOnlySpan<int> Counts => _counts.AsSpan(0, Count);

    /// <summary>Where each distinct value occurs first, as an index of values.</summary>
    public ReadOnlySpan<int> Firsts => _firsts.AsSpan(0, Count);

    /// <summary>Bits that an index takes.</summary>
    public int BitWidth => Count <= 1 ? 1 : 32 - BitOperations.LeadingZeroCount((uint)(Count - 1));

    /// <summary>Begins with a column that has so many values in its row group.</summary>
    public void Begin(int values)
    {
        Count = Coded = 0;
        // Fewer repetitions than this do not pay for the indices.
        _most = Math.Min(MostValues, values / 3 + 16);
        _slots.AsSpan().Clear();
        if (_codes.Length < values) _codes = new int[values];
    }

    /// <summary>
    /// Looks a value up by its hash: a distinct value with the same hash, or -1. The caller compares the two, and goes on with
    /// <see cref="Found"/>, <see cref="Next"/> or <see cref="TryAddNew"/>; so no value costs a call through a delegate.
    /// </summary>
    public int Find(ulong hash, out int slot)
    {
        slot = (int)(hash >> 32) & (_slots.Length - 1);
        return Probe(hash, ref slot);
    }

    /// <summary>Looks on behind a slot whose value was another one with the same hash.</summary>
    public int Next(ulong hash, ref int slot)
    {
        slot = (slot + 1) & (_slots.Length - 1);
        return Probe(hash, ref slot);
    }

    /// <summary>Notes that the next value is a distinct one known already.</summary>
    public void Found(int code)
    {
        _codes[Coded++] = code;
        _counts[code]++;
    }

    /// <summary>Notes that the next value is a new one; false if they have become too many.</summary>
    public bool TryAddNew(ulong hash, int slot)
    {
        if (Count == _most)
        {
            Count = Coded = 0;
            return false;
        }

        if (Count == _hashes.Length)
        {
            Array.Resize(ref _hashes, Count * 2);
            Array.Resize(ref _firsts, Count * 2);
            Array.Resize(ref _counts, Count * 2);
        }

        _hashes[Count] = hash;
        _firsts[Count] = Coded;
        _counts[Count] = 1;
        _codes[Coded++] = Count++;
        _slots[slot] = Count;
        if (Count * 2 > _slots.Length) Grow();

        return true;
    }

    private int Probe(ulong hash, ref int slot)
    {
        while (_slots[slot] is var entry and > 0)
        {
            if (_hashes[entry - 1] == hash) return entry - 1;

            slot = (slot + 1) & (_slots.Length - 1);
        }

        return -1;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 4];
        for (var code = 0; code < Count; code++)
        {
            var slot = (int)(_hashes[code] >> 32) & (_slots.Length - 1);
            while (_slots[slot] > 0) slot = (slot + 1) & (_slots.Length - 1);

            _slots[slot] = code + 1;
        }
    }
}

using System.Runtime.InteropServices;
using OpenData.Ingest.Profiling;

namespace OpenData.Ingest.Parquet;

/// <summary>A column whose values all have the same size.</summary>
internal abstract class FixedColumn<T, TKind> : ParquetColumn where T : unmanaged, IComparable<T> where TKind : IFixedKind<T>
{
    private T[] _values = new T[64];
    private (T Min, T Max) _bounds;

    /// <summary>The values of this row group, without its nulls.</summary>
    protected ReadOnlySpan<T> Data => _values.AsSpan(0, Values);

    /// <summary>The greatest value of the row group, known once it was summarized.</summary>
    protected T Greatest => _bounds.Max;

    /// <summary>Room for so many further values; <see cref="ParquetColumn.AddRows"/> says how many were put there.</summary>
    public Span<T> Room(int count)
    {
        if (_values.Length - Values < count) Array.Resize(ref _values, Math.Max(_values.Length * 2, Values + count));

        return _values.AsSpan(Values, count);
    }

    /// <inheritdoc/>
    public override ParquetEncoding Encoding => ParquetEncoding.Plain;

    /// <inheritdoc/>
    public override void WriteValues(int from, int count, ByteBuffer output) => output.AddRaw(Data.Slice(from, count));

    /// <inheritdoc/>
    protected override bool TryFill(ValueDictionary dictionary)
    {
        var data = Data;
        foreach (var value in data)
        {
            // The hash is one to one: equal hashes are equal values.
            var hash = Mix(TKind.Bits(value));
            var code = dictionary.Find(hash, out var slot);
            if (code >= 0) dictionary.Found(code);
            else if (!dictionary.TryAddNew(hash, slot)) return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override void WriteDictionary(ByteBuffer output)
    {
        var data = Data;
        foreach (var first in Dictionary.Firsts) output.AddRaw(data.Slice(first, 1));
    }

    /// <inheritdoc/>
    public override string Format(int index) => Text(Data[index]);

    /// <inheritdoc/>
    protected override void Summarize(ColumnSummary summary, bool hasDictionary)
    {
        var data = Data;
        var (min, max) = TKind.Unbounded;
        double sum = 0;
        if (hasDictionary)
        {
            var firsts = Dictionary.Firsts;
            var counts = Dictionary.Counts;
            for (var i = 0; i < firsts.Length; i++)
            {
                var value = data[firsts[i]];
                (min, max) = (TKind.Min(min, value), TKind.Max(max, value));
                sum += TKind.Number(value) * counts[i];
                summary.AddHash(Mix(TKind.Bits(value)));
            }
        }
        else
        {
            foreach (var value in data)
            {
                (min, max) = (TKind.Min(min, value), TKind.Max(max, value));
                sum += TKind.Number(value);
                summary.AddHash(Mix(TKind.Bits(value)));
            }
        }

        summary.Sum += sum / Math.Pow(10, Scale);
        _bounds = (min, max);
        summary.WidenBounds(min, max, Comparer<T>.Default.Compare, Text);
    }

    /// <inheritdoc/>
    public override (byte[] Min, byte[] Max) Bounds => Values == 0 ? ([], []) : Bytes(_bounds.Min, _bounds.Max);

    /// <summary>A value written out.</summary>
    protected abstract string Text(T value);

    /// <summary>Bounds as they lie in the file.</summary>
    protected virtual (byte[] Min, byte[] Max) Bytes(T min, T max) => (Raw(min), Raw(max));

    /// <summary>A bijection that spreads near values far apart.</summary>
    private static ulong Mix(ulong bits)
    {
        bits ^= bits >> 32;
        bits *= 0xD6E8FEB86659FD93;
        bits ^= bits >> 32;
        return bits * 0xD6E8FEB86659FD93;
    }

    private static byte[] Raw(T value) => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray();
}

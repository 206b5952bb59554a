using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.Intrinsics;
using OpenData.Disclosure;
using OpenData.Ingest.Profiling;

namespace OpenData.Ingest.Parquet;

/// <summary>Text in UTF-8.</summary>
internal sealed class TextColumn : ParquetColumn
{
    /// <summary>Bounds longer than this are left out: free text is never looked up by range.</summary>
    private const int LongestBound = 256;

    private readonly ByteBuffer _bytes = new();
    private int[] _ends = new int[64], _lengths = [];
    private (int Min, int Max) _bounds;

    /// <inheritdoc/>
    public override PhysicalType Physical => PhysicalType.ByteArray;

    /// <summary>The bytes of this row group's values.</summary>
    public int Bytes => _bytes.Length;

    /// <summary>
    /// Room for so many further values: for their texts, of so many bytes, and for where each ends, counted from the first text of all.
    /// </summary>
    public Span<byte> Room(int count, int bytes, out Span<int> ends)
    {
        if (_ends.Length - Values < count) Array.Resize(ref _ends, Math.Max(_ends.Length * 2, Values + count));

        ends = _ends.AsSpan(Values, count);
        return _bytes.Reserve(bytes);
    }

    /// <summary>Takes note of rows whose texts have been put into the column.</summary>
    public void AddRows(ReadOnlySpan<int> presence, int values, int bytes)
    {
        _bytes.Advance(bytes);
        AddRows(presence, values);
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        _bytes.Clear();
    }

    /// <inheritdoc/>
    protected override bool TryFill(ValueDictionary dictionary)
    {
        var values = Values;
        for (var i = 0; i < values; i++)
        {
            var value = Value(i);
            var hash = XxHash3.HashToUInt64(value);
            var code = dictionary.Find(hash, out var slot);
            while (code >= 0 && !Value(dictionary.Firsts[code]).SequenceEqual(value)) code = dictionary.Next(hash, ref slot);

            if (code >= 0) dictionary.Found(code);
            else if (!dictionary.TryAddNew(hash, slot)) return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override void WriteDictionary(ByteBuffer output)
    {
        foreach (var first in Dictionary.Firsts)
        {
            output.AddInt32(Value(first).Length);
            output.Add(Value(first));
        }
    }

    /// <inheritdoc/>
    public override ParquetEncoding Encoding => ParquetEncoding.DeltaLengthByteArray;

    /// <inheritdoc/>
    public override void WriteValues(int from, int count, ByteBuffer output)
    {
        // All lengths, then all texts as they lie here: less to copy, and it compresses better than lengths between the texts.
        if (_lengths.Length < count) _lengths = new int[count];

        for (var i = 0; i < count; i++) _lengths[i] = _ends[from + i] - Start(from + i);

        DeltaEncoding.Encode(_lengths.AsSpan(0, count), output);
        if (count > 0) output.Add(_bytes.Written[Start(from).._ends[from + count - 1]]);
    }

    /// <inheritdoc/>
    public override string Format(int index) => System.Text.Encoding.UTF8.GetString(Value(index));

    /// <inheritdoc/>
    public override void AddTo(ColumnScan scan, bool hasDictionary)
    {
        var count = hasDictionary ? Dictionary.Count : Values;
        for (var i = 0; i < count; i++)
        {
            if (hasDictionary) scan.Text(Value(Dictionary.Firsts[i]), Dictionary.Counts[i]);
            else scan.Text(Value(i));
        }
    }

    /// <inheritdoc/>
    protected override void Summarize(ColumnSummary summary, bool hasDictionary)
    {
        // Where there is a dictionary, its values are all there are.
        var count = hasDictionary ? Dictionary.Count : Values;
        int min = hasDictionary ? Dictionary.Firsts[0] : 0, max = min;
        ulong minHead = Head(Value(min)), maxHead = minHead;
        for (var i = 0; i < count; i++)
        {
            var at = hasDictionary ? Dictionary.Firsts[i] : i;
            var value = Value(at);
            var head = Head(value);
            if (head <= minHead && value.SequenceCompareTo(Value(min)) < 0) (min, minHead) = (at, head);
            else if (head >= maxHead && value.SequenceCompareTo(Value(max)) > 0) (max, maxHead) = (at, head);

            summary.AddHash(XxHash3.HashToUInt64(value));
            summary.AddLength(Characters(value), hasDictionary ? Dictionary.Counts[i] : 1);
        }

        _bounds = (min, max);
        summary.WidenBounds(
            Value(min).ToArray(),
            Value(max).ToArray(),
            static (one, other) => one.AsSpan().SequenceCompareTo(other),
            System.Text.Encoding.UTF8.GetString);
    }

    /// <summary>The first bytes as a number that compares as they do, zeros behind: nearly always enough to tell two texts apart.</summary>
    private static ulong Head(ReadOnlySpan<byte> value)
    {
        if (value.Length >= sizeof(ulong)) return BinaryPrimitives.ReadUInt64BigEndian(value);

        ulong head = 0;
        for (var i = 0; i < sizeof(ulong); i++) head = head << 8 | (i < value.Length ? value[i] : 0u);

        return head;
    }

    /// <summary>Every byte that does not continue a character begins one.</summary>
    private static int Characters(ReadOnlySpan<byte> utf8)
    {
        const sbyte lastContinuing = -65; // 0xBF
        var count = 0;
        for (; utf8.Length >= Vector128<byte>.Count; utf8 = utf8[Vector128<byte>.Count..])
        {
            count += BitOperations.PopCount(
                Vector128.GreaterThan(Vector128.Create(utf8).AsSByte(), Vector128.Create(lastContinuing)).ExtractMostSignificantBits());
        }

        foreach (var c in utf8) count += (sbyte)c > lastContinuing ? 1 : 0;

        return count;
    }

    /// <inheritdoc/>
    public override (byte[] Min, byte[] Max) Bounds =>
        Values == 0 || Value(_bounds.Min).Length > LongestBound || Value(_bounds.Max).Length > LongestBound
            ? ([], [])
            : (Value(_bounds.Min).ToArray(), Value(_bounds.Max).ToArray());

    /// <summary>One value of the row group.</summary>
    public ReadOnlySpan<byte> Value(int index) => _bytes.Written[Start(index).._ends[index]];

    private int Start(int index) => index == 0 ? 0 : _ends[index - 1];
}

using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OpenData.Ingest.Profiling;
using OpenData.Lake;

namespace OpenData.Ingest.Parquet;

/// <summary>Parquet's physical types, by their numbers in the format.</summary>
internal enum PhysicalType
{
    Boolean = 0,
    Int32 = 1,
    Int64 = 2,
    Double = 5,
    ByteArray = 6,
    FixedLengthByteArray = 7,
}

/// <summary>The values of one column in the row group that is being filled, and how they are encoded.</summary>
internal abstract class ParquetColumn
{
    private int[] _present = [];

    /// <summary>The field's name in the file.</summary>
    public required string Name { get; init; }

    /// <summary>What the values mean.</summary>
    public required FieldType Type { get; init; }

    /// <summary>Digits of a decimal; 0 for anything else.</summary>
    public int Precision { get; init; }

    /// <summary>Digits after the point of a decimal; 0 for anything else.</summary>
    public int Scale { get; init; }

    /// <summary>How the values lie in the file.</summary>
    public abstract PhysicalType Physical { get; }

    /// <summary>Rows in this row group so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Those of them without a value.</summary>
    public int Nulls { get; private set; }

    /// <summary>Those of them with one.</summary>
    public int Values => Rows - Nulls;

    /// <summary>Takes note of rows whose values have been put into the column.</summary>
    /// <param name="presence">For each row 1 if it has a value, and 0 if not.</param>
    /// <param name="values">How many have.</param>
    public void AddRows(ReadOnlySpan<int> presence, int values)
    {
        var rows = Rows + presence.Length;
        if (Nulls > 0 || values < presence.Length)
        {
            if (_present.Length < rows)
                Array.Resize(ref _present, Math.Max(1024, rows * 2));

            // Up to the first null nothing is noted.
            if (Nulls == 0)
                _present.AsSpan(0, Rows).Fill(1);

            presence.CopyTo(_present.AsSpan(Rows));
        }

        Nulls += presence.Length - values;
        Rows = rows;
    }

    /// <summary>Empties the column for the next row group.</summary>
    public virtual void Clear()
    {
        Rows = 0;
        Nulls = 0;
    }

    /// <summary>Writes the definition levels of some rows: 1 for a value, 0 for none. Returns how many of them have a value.</summary>
    public int WriteLevels(int fromRow, int rows, ByteBuffer output)
    {
        var lengthAt = output.Length;
        output.AddInt32(0);
        var values = rows;
        if (Nulls == 0)
        {
            RunLength.Run(1, rows, bitWidth: 1, output);
        }
        else
        {
            var present = _present.AsSpan(fromRow, rows);
            RunLength.Encode(present, bitWidth: 1, output);
            values = 0;
            foreach (var one in present)
                values += one;
        }

        output.SetInt32(lengthAt, output.Length - lengthAt - 4);
        return values;
    }

    /// <summary>The least and the greatest value as the format's statistics hold them, once summarised; empty where they are not to be given.</summary>
    public abstract (byte[] Min, byte[] Max) Bounds { get; }

    /// <summary>
    /// Finds the distinct values, for an encoding by indices and for the profile; false if they are too many for that, or always differ.
    /// </summary>
    public abstract bool TryBuildDictionary();

    /// <summary>The distinct values, once built.</summary>
    public ValueDictionary Dictionary { get; } = new();

    /// <summary>Writes the distinct values one after another.</summary>
    public virtual void WriteDictionary(ByteBuffer output) => throw new NotSupportedException();

    /// <summary>The best encoding without a dictionary.</summary>
    public abstract ParquetEncoding Encoding { get; }

    /// <summary>Writes some of the values in that encoding.</summary>
    public abstract void WriteValues(int from, int count, ByteBuffer output);

    /// <summary>One value of the row group, written out.</summary>
    public abstract string Format(int index);

    /// <summary>Adds bounds, sums and hashes of the row group's values, of which there are some, to the column's statistics.</summary>
    public abstract void Summarize(ColumnSummary summary, bool hasDictionary);
}

/// <summary>Parquet's encodings, by their numbers in the format.</summary>
internal enum ParquetEncoding
{
    Plain = 0,
    Rle = 3,
    DeltaBinaryPacked = 5,
    DeltaLengthByteArray = 6,
    RleDictionary = 8,
}

/// <summary>Parquet's codecs that we write, by their numbers in the format.</summary>
internal enum ParquetCodec
{
    None = 0,
    Zstd = 6,
}

/// <summary>What a column of fixed size has to know of its values, without a call for each.</summary>
internal interface IFixedKind<T>
{
    /// <summary>A value that is not greater than any other, and one that is not less: where a search for bounds begins.</summary>
    static abstract (T Greatest, T Least) Unbounded { get; }

    static abstract T Min(T one, T other);

    static abstract T Max(T one, T other);

    /// <summary>A value as a number, for sums; 0 where that means nothing.</summary>
    static abstract double Number(T value);

    /// <summary>Bits that tell a value from others; from all others, if it has no more than 64.</summary>
    static abstract ulong Bits(T value);
}

/// <summary>A column whose values all have the same size.</summary>
internal abstract class FixedColumn<T, TKind> : ParquetColumn where T : unmanaged, IComparable<T> where TKind : IFixedKind<T>
{
    private T[] _values = new T[1024];
    private (T Min, T Max) _bounds;

    /// <summary>The values of this row group, without its nulls.</summary>
    protected ReadOnlySpan<T> Data => _values.AsSpan(0, Values);

    /// <summary>Room for so many further values; <see cref="ParquetColumn.AddRows"/> says how many were put there.</summary>
    public Span<T> Room(int count)
    {
        if (_values.Length - Values < count)
            Array.Resize(ref _values, Math.Max(_values.Length * 2, Values + count));

        return _values.AsSpan(Values, count);
    }

    /// <inheritdoc/>
    public override ParquetEncoding Encoding => ParquetEncoding.Plain;

    /// <inheritdoc/>
    public override void WriteValues(int from, int count, ByteBuffer output) => output.AddRaw(Data.Slice(from, count));

    /// <inheritdoc/>
    public override bool TryBuildDictionary()
    {
        var data = Data;
        if (!Dictionary.Begin(data.Length))
            return false;

        foreach (var value in data)
        {
            // The hash is one to one: equal hashes are equal values.
            var hash = Mix(TKind.Bits(value));
            var code = Dictionary.Find(hash, out var slot);
            if (code >= 0)
                Dictionary.Found(code);
            else if (!Dictionary.TryAddNew(hash, slot))
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override void WriteDictionary(ByteBuffer output)
    {
        var data = Data;
        foreach (var first in Dictionary.Firsts)
            output.AddRaw(data.Slice(first, 1));
    }

    /// <inheritdoc/>
    public override string Format(int index) => Text(Data[index]);

    /// <inheritdoc/>
    public override void Summarize(ColumnSummary summary, bool hasDictionary)
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

/// <summary>Whole numbers of 64 bits, and what is kept in them: decimals of at most 18 digits, microseconds since 1970.</summary>
internal sealed class LongColumn : FixedColumn<long, LongColumn.Kind>
{
    /// <inheritdoc/>
    public override PhysicalType Physical => PhysicalType.Int64;

    /// <inheritdoc/>
    public override ParquetEncoding Encoding => ParquetEncoding.DeltaBinaryPacked;

    /// <inheritdoc/>
    public override void WriteValues(int from, int count, ByteBuffer output) => DeltaEncoding.Encode(Data.Slice(from, count), output);

    /// <inheritdoc/>
    protected override string Text(long value) => Type switch
    {
        FieldType.Decimal => DecimalText.Of(value, Scale),
        FieldType.DateTime => DateTime.UnixEpoch.AddMicroseconds(value).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        FieldType.Instant => DateTime.UnixEpoch.AddMicroseconds(value).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    internal readonly struct Kind : IFixedKind<long>
    {
        public static (long Greatest, long Least) Unbounded => (long.MaxValue, long.MinValue);

        public static long Min(long one, long other) => Math.Min(one, other);

        public static long Max(long one, long other) => Math.Max(one, other);

        public static double Number(long value) => value;

        public static ulong Bits(long value) => (ulong)value;
    }
}

/// <summary>Days since 1970.</summary>
internal sealed class DayColumn : FixedColumn<int, DayColumn.Kind>
{
    /// <inheritdoc/>
    public override PhysicalType Physical => PhysicalType.Int32;

    /// <inheritdoc/>
    public override ParquetEncoding Encoding => ParquetEncoding.DeltaBinaryPacked;

    /// <inheritdoc/>
    public override void WriteValues(int from, int count, ByteBuffer output) => DeltaEncoding.Encode(Data.Slice(from, count), output);

    /// <inheritdoc/>
    protected override string Text(int value) => DateTime.UnixEpoch.AddDays(value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal readonly struct Kind : IFixedKind<int>
    {
        public static (int Greatest, int Least) Unbounded => (int.MaxValue, int.MinValue);

        public static int Min(int one, int other) => Math.Min(one, other);

        public static int Max(int one, int other) => Math.Max(one, other);

        public static double Number(int value) => 0;

        public static ulong Bits(int value) => (uint)value;
    }
}

/// <summary>Floating point numbers; never NaN.</summary>
internal sealed class DoubleColumn : FixedColumn<double, DoubleColumn.Kind>
{
    /// <inheritdoc/>
    public override PhysicalType Physical => PhysicalType.Double;

    /// <inheritdoc/>
    protected override string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    // The format asks for it: readers may compare zeros by their bits.
    protected override (byte[] Min, byte[] Max) Bytes(double min, double max) => base.Bytes(min == 0 ? -0.0 : min, max == 0 ? 0.0 : max);

    internal readonly struct Kind : IFixedKind<double>
    {
        public static (double Greatest, double Least) Unbounded => (double.PositiveInfinity, double.NegativeInfinity);

        // Not Math.Min, which looks for NaN.
        public static double Min(double one, double other) => other < one ? other : one;

        public static double Max(double one, double other) => other > one ? other : one;

        public static double Number(double value) => value;

        public static ulong Bits(double value) => BitConverter.DoubleToUInt64Bits(value);
    }
}

/// <summary>Decimals of more than 18 digits, as big-endian two's complement of 16 bytes.</summary>
internal sealed class WideDecimalColumn : FixedColumn<Int128, WideDecimalColumn.Kind>
{
    /// <inheritdoc/>
    public override PhysicalType Physical => PhysicalType.FixedLengthByteArray;

    /// <inheritdoc/>
    public override bool TryBuildDictionary() => false;

    /// <inheritdoc/>
    public override void WriteValues(int from, int count, ByteBuffer output)
    {
        foreach (var value in Data.Slice(from, count))
        {
            BinaryPrimitives.WriteInt128BigEndian(output.Reserve(16), value);
            output.Advance(16);
        }
    }

    /// <inheritdoc/>
    protected override string Text(Int128 value) => DecimalText.Of(value, Scale);

    /// <inheritdoc/>
    protected override (byte[] Min, byte[] Max) Bytes(Int128 min, Int128 max) => (BigEndian(min), BigEndian(max));

    private static byte[] BigEndian(Int128 value)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteInt128BigEndian(bytes, value);
        return bytes;
    }

    internal readonly struct Kind : IFixedKind<Int128>
    {
        public static (Int128 Greatest, Int128 Least) Unbounded => (Int128.MaxValue, Int128.MinValue);

        public static Int128 Min(Int128 one, Int128 other) => Int128.Min(one, other);

        public static Int128 Max(Int128 one, Int128 other) => Int128.Max(one, other);

        public static double Number(Int128 value) => (double)value;

        public static ulong Bits(Int128 value) => (ulong)value ^ ((ulong)(value >> 64) * 0x9E3779B97F4A7C15);
    }
}

/// <summary>Truth values, in one bit each.</summary>
internal sealed class BooleanColumn : FixedColumn<bool, BooleanColumn.Kind>
{
    /// <inheritdoc/>
    public override PhysicalType Physical => PhysicalType.Boolean;

    /// <inheritdoc/>
    public override bool TryBuildDictionary() => false;

    /// <inheritdoc/>
    public override void WriteValues(int from, int count, ByteBuffer output)
    {
        var data = Data.Slice(from, count);
        for (var i = 0; i < data.Length; i += 8)
        {
            var packed = 0;
            for (var bit = 0; bit < Math.Min(8, data.Length - i); bit++)
                packed |= (data[i + bit] ? 1 : 0) << bit;

            output.Add((byte)packed);
        }
    }

    /// <inheritdoc/>
    protected override string Text(bool value) => value ? "true" : "false";

    internal readonly struct Kind : IFixedKind<bool>
    {
        public static (bool Greatest, bool Least) Unbounded => (true, false);

        public static bool Min(bool one, bool other) => one && other;

        public static bool Max(bool one, bool other) => one || other;

        public static double Number(bool value) => 0;

        public static ulong Bits(bool value) => value ? 1u : 0u;
    }
}

/// <summary>Text in UTF-8.</summary>
internal sealed class TextColumn : ParquetColumn
{
    /// <summary>Bounds longer than this are left out: free text is never looked up by range.</summary>
    private const int LongestBound = 256;

    private readonly ByteBuffer _bytes = new(64 * 1024);
    private int[] _ends = new int[1024], _lengths = [];
    private (int Min, int Max) _bounds;

    /// <inheritdoc/>
    public override PhysicalType Physical => PhysicalType.ByteArray;

    /// <summary>The bytes of this row group's values.</summary>
    public int Bytes => _bytes.Length;

    /// <summary>Room for so many further values: for their texts, of so many bytes, and for where each ends, counted from the first text of all.</summary>
    public Span<byte> Room(int count, int bytes, out Span<int> ends)
    {
        if (_ends.Length - Values < count)
            Array.Resize(ref _ends, Math.Max(_ends.Length * 2, Values + count));

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
    public override bool TryBuildDictionary()
    {
        var values = Values;
        if (!Dictionary.Begin(values))
            return false;

        for (var i = 0; i < values; i++)
        {
            var value = Value(i);
            var hash = XxHash3.HashToUInt64(value);
            var code = Dictionary.Find(hash, out var slot);
            while (code >= 0 && !Value(Dictionary.Firsts[code]).SequenceEqual(value))
                code = Dictionary.Next(hash, ref slot);

            if (code >= 0)
                Dictionary.Found(code);
            else if (!Dictionary.TryAddNew(hash, slot))
                return false;
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
        if (_lengths.Length < count)
            _lengths = new int[count];

        for (var i = 0; i < count; i++)
            _lengths[i] = _ends[from + i] - Start(from + i);

        DeltaEncoding.Encode(_lengths.AsSpan(0, count), output);
        if (count > 0)
            output.Add(_bytes.Written[Start(from).._ends[from + count - 1]]);
    }

    /// <inheritdoc/>
    public override string Format(int index) => System.Text.Encoding.UTF8.GetString(Value(index));

    /// <inheritdoc/>
    public override void Summarize(ColumnSummary summary, bool hasDictionary)
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
            if (head <= minHead && value.SequenceCompareTo(Value(min)) < 0)
                (min, minHead) = (at, head);
            else if (head >= maxHead && value.SequenceCompareTo(Value(max)) > 0)
                (max, maxHead) = (at, head);

            summary.AddHash(XxHash3.HashToUInt64(value));
            summary.AddLength(Characters(value), hasDictionary ? Dictionary.Counts[i] : 1);
        }

        _bounds = (min, max);
        summary.WidenBounds(
            Value(min).ToArray(), Value(max).ToArray(), static (one, other) => one.AsSpan().SequenceCompareTo(other), System.Text.Encoding.UTF8.GetString);
    }

    /// <summary>The first bytes as a number that compares as they do, zeros behind: nearly always enough to tell two texts apart.</summary>
    private static ulong Head(ReadOnlySpan<byte> value)
    {
        if (value.Length >= sizeof(ulong))
            return BinaryPrimitives.ReadUInt64BigEndian(value);

        ulong head = 0;
        for (var i = 0; i < sizeof(ulong); i++)
            head = head << 8 | (i < value.Length ? value[i] : 0u);

        return head;
    }

    /// <summary>Every byte that does not continue a character begins one.</summary>
    private static int Characters(ReadOnlySpan<byte> utf8)
    {
        const sbyte lastContinuing = -65; // 0xBF
        var count = 0;
        for (; utf8.Length >= Vector128<byte>.Count; utf8 = utf8[Vector128<byte>.Count..])
            count += BitOperations.PopCount(Vector128.GreaterThan(Vector128.Create(utf8).AsSByte(), Vector128.Create(lastContinuing)).ExtractMostSignificantBits());

        foreach (var c in utf8)
            count += (sbyte)c > lastContinuing ? 1 : 0;

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

/// <summary>Decimals, written out.</summary>
internal static class DecimalText
{
    /// <summary>The text of a whole number of units of 10^-<paramref name="scale"/>.</summary>
    public static string Of(Int128 value, int scale)
    {
        var digits = Int128.Abs(value).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return (value < 0 ? "-" : "") + digits[..^scale] + (scale > 0 ? "." + digits[^scale..] : "");
    }
}

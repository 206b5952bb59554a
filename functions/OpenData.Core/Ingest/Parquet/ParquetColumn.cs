using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
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

    /// <summary>Adds a row without a value.</summary>
    public void AddNull()
    {
        if (Nulls++ == 0)
            BeginPresence();

        NotePresence(0);
    }

    /// <summary>Empties the column for the next row group.</summary>
    public virtual void Clear()
    {
        Rows = 0;
        Nulls = 0;
    }

    /// <summary>Writes the definition levels: 1 for a value, 0 for none.</summary>
    public void WriteLevels(ByteBuffer output)
    {
        var lengthAt = output.Length;
        output.AddInt32(0);
        if (Nulls == 0)
            RunLength.Run(1, Rows, bitWidth: 1, output);
        else
            RunLength.Encode(_present.AsSpan(0, Rows), bitWidth: 1, output);

        output.SetInt32(lengthAt, output.Length - lengthAt - 4);
    }

    /// <summary>Writes the values one after another.</summary>
    public abstract void WritePlain(ByteBuffer output);

    /// <summary>The least and the greatest value as the format's statistics hold them; empty where they are not to be given.</summary>
    public abstract (byte[] Min, byte[] Max) Bounds();

    /// <summary>
    /// Finds the distinct values, for an encoding by indices and for the profile; false if they are too many for that, or always differ.
    /// </summary>
    public virtual bool TryBuildDictionary() => false;

    /// <summary>The distinct values, once built.</summary>
    public ValueDictionary Dictionary { get; } = new();

    /// <summary>Writes the distinct values one after another.</summary>
    public virtual void WriteDictionary(ByteBuffer output) => throw new NotSupportedException();

    /// <summary>Writes the values in the best encoding without a dictionary, and says which that was.</summary>
    public virtual ParquetEncoding WriteValues(ByteBuffer output)
    {
        WritePlain(output);
        return ParquetEncoding.Plain;
    }

    /// <summary>One value of the row group, written out.</summary>
    public abstract string Format(int index);

    /// <summary>Adds bounds, sums and hashes of the row group's values, of which there are some, to the column's statistics.</summary>
    public abstract void Summarize(ColumnSummary summary, bool hasDictionary);

    /// <summary>Notes that a value has been added.</summary>
    protected void AddedValue()
    {
        if (Nulls > 0)
            NotePresence(1);
        else
            Rows++;
    }

    private void NotePresence(int present)
    {
        if (Rows == _present.Length)
            Array.Resize(ref _present, Math.Max(1024, Rows * 2));

        _present[Rows++] = present;
    }

    /// <summary>Up to the first null nothing is noted.</summary>
    private void BeginPresence()
    {
        if (_present.Length < Rows)
            _present = new int[Math.Max(1024, Rows * 2)];

        _present.AsSpan(0, Rows).Fill(1);
    }
}

/// <summary>Parquet's encodings, by their numbers in the format.</summary>
internal enum ParquetEncoding
{
    Plain = 0,
    Rle = 3,
    DeltaBinaryPacked = 5,
    RleDictionary = 8,
}

/// <summary>A column whose values all have the same size.</summary>
internal abstract class FixedColumn<T> : ParquetColumn where T : unmanaged, IComparable<T>
{
    private T[] _values = new T[1024];
    private T _least, _greatest;
    private bool _hasBounds;

    /// <summary>The values of this row group, without its nulls.</summary>
    protected ReadOnlySpan<T> Data => _values.AsSpan(0, Values);

    /// <summary>Adds a row with a value.</summary>
    public void Add(T value)
    {
        var at = Values;
        if (at == _values.Length)
            Array.Resize(ref _values, at * 2);

        _values[at] = value;
        AddedValue();
    }

    /// <inheritdoc/>
    public override void WritePlain(ByteBuffer output) => output.AddRaw(Data);

    /// <summary>Finds the distinct values among those of 64 bits or fewer.</summary>
    /// <param name="bits">Gives a value's bits.</param>
    protected bool TryBuildDictionary<TBits>(TBits bits) where TBits : struct, IBits<T>
    {
        var data = Data;
        if (!Dictionary.Begin(data.Length))
            return false;

        foreach (var value in data)
        {
            // The hash is one to one: equal hashes are equal values.
            var hash = Mix(bits.Of(value));
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

    /// <summary>One value of the row group.</summary>
    public T this[int index] => Data[index];

    /// <inheritdoc/>
    public override void Summarize(ColumnSummary summary, bool hasDictionary)
    {
        var data = Data;
        int min = 0, max = 0;
        double sum = 0;
        for (var i = 0; i < data.Length; i++)
        {
            if (data[i].CompareTo(data[min]) < 0)
                min = i;
            else if (data[i].CompareTo(data[max]) > 0)
                max = i;

            sum += Number(data[i]);
            if (!hasDictionary)
                summary.AddHash(Mix(Hash(data[i])));
        }

        foreach (var first in hasDictionary ? Dictionary.Firsts : default)
            summary.AddHash(Mix(Hash(data[first])));

        summary.Sum += sum;
        var (lower, higher) = (!_hasBounds || data[min].CompareTo(_least) < 0, !_hasBounds || data[max].CompareTo(_greatest) > 0);
        summary.AddBounds(this, min, max, lower, higher);
        _least = lower ? data[min] : _least;
        _greatest = higher ? data[max] : _greatest;
        _hasBounds = true;
    }

    /// <summary>A value as a number, for the mean; 0 where that means nothing.</summary>
    protected abstract double Number(T value);

    /// <summary>Bits that tell a value from others.</summary>
    protected abstract ulong Hash(T value);

    /// <summary>A bijection that spreads near values far apart.</summary>
    private static ulong Mix(ulong bits)
    {
        bits ^= bits >> 32;
        bits *= 0xD6E8FEB86659FD93;
        bits ^= bits >> 32;
        return bits * 0xD6E8FEB86659FD93;
    }

    /// <summary>One value as it lies in the file.</summary>
    protected static byte[] Raw(T value) => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray();
}

/// <summary>Gives the bits of a value, at no cost of a call.</summary>
internal interface IBits<T>
{
    ulong Of(T value);
}

/// <summary>Whole numbers of 64 bits, and what is kept in them: decimals of at most 18 digits, microseconds since 1970.</summary>
internal sealed class LongColumn : FixedColumn<long>
{
    /// <inheritdoc/>
    public override PhysicalType Physical => PhysicalType.Int64;

    /// <inheritdoc/>
    public override bool TryBuildDictionary() => TryBuildDictionary(default(Bits));

    /// <inheritdoc/>
    public override ParquetEncoding WriteValues(ByteBuffer output)
    {
        DeltaEncoding.Encode(Data, output);
        return ParquetEncoding.DeltaBinaryPacked;
    }

    private readonly struct Bits : IBits<long>
    {
        public ulong Of(long value) => (ulong)value;
    }

    /// <inheritdoc/>
    public override string Format(int index) => Type switch
    {
        FieldType.Decimal => DecimalText.Of(this[index], Scale),
        FieldType.DateTime => DateTime.UnixEpoch.AddMicroseconds(this[index]).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        FieldType.Instant => DateTime.UnixEpoch.AddMicroseconds(this[index]).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        _ => this[index].ToString(CultureInfo.InvariantCulture),
    };

    /// <inheritdoc/>
    protected override double Number(long value) => Type is FieldType.Int ? value : value / (double)Typing.PlainText.PowersOfTen[Math.Min(Scale, 18)];

    /// <inheritdoc/>
    protected override ulong Hash(long value) => (ulong)value;

    /// <inheritdoc/>
    public override (byte[] Min, byte[] Max) Bounds()
    {
        if (Values == 0)
            return ([], []);

        long min = long.MaxValue, max = long.MinValue;
        foreach (var value in Data)
        {
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        return (Raw(min), Raw(max));
    }
}

/// <summary>Days since 1970.</summary>
internal sealed class DayColumn : FixedColumn<int>
{
    /// <inheritdoc/>
    public override PhysicalType Physical => PhysicalType.Int32;

    /// <inheritdoc/>
    public override bool TryBuildDictionary() => TryBuildDictionary(default(Bits));

    /// <inheritdoc/>
    public override ParquetEncoding WriteValues(ByteBuffer output)
    {
        DeltaEncoding.Encode(Data, output);
        return ParquetEncoding.DeltaBinaryPacked;
    }

    private readonly struct Bits : IBits<int>
    {
        public ulong Of(int value) => (uint)value;
    }

    /// <inheritdoc/>
    public override string Format(int index) => DateTime.UnixEpoch.AddDays(this[index]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    protected override double Number(int value) => 0;

    /// <inheritdoc/>
    protected override ulong Hash(int value) => (uint)value;

    /// <inheritdoc/>
    public override (byte[] Min, byte[] Max) Bounds()
    {
        if (Values == 0)
            return ([], []);

        int min = int.MaxValue, max = int.MinValue;
        foreach (var value in Data)
        {
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        return (Raw(min), Raw(max));
    }
}

/// <summary>Floating point numbers; never NaN.</summary>
internal sealed class DoubleColumn : FixedColumn<double>
{
    /// <inheritdoc/>
    public override PhysicalType Physical => PhysicalType.Double;

    /// <inheritdoc/>
    public override bool TryBuildDictionary() => TryBuildDictionary(default(Bits));

    private readonly struct Bits : IBits<double>
    {
        public ulong Of(double value) => BitConverter.DoubleToUInt64Bits(value);
    }

    /// <inheritdoc/>
    public override string Format(int index) => this[index].ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    protected override double Number(double value) => value;

    /// <inheritdoc/>
    protected override ulong Hash(double value) => BitConverter.DoubleToUInt64Bits(value);

    /// <inheritdoc/>
    public override (byte[] Min, byte[] Max) Bounds()
    {
        if (Values == 0)
            return ([], []);

        double min = double.PositiveInfinity, max = double.NegativeInfinity;
        foreach (var value in Data)
        {
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        // The format asks for it: readers may compare zeros by their bits.
        return (Raw(min == 0 ? -0.0 : min), Raw(max == 0 ? 0.0 : max));
    }
}

/// <summary>Decimals of more than 18 digits, as big-endian two's complement of 16 bytes.</summary>
internal sealed class WideDecimalColumn : FixedColumn<Int128>
{
    /// <inheritdoc/>
    public override PhysicalType Physical => PhysicalType.FixedLengthByteArray;

    /// <inheritdoc/>
    public override void WritePlain(ByteBuffer output)
    {
        foreach (var value in Data)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt128BigEndian(output.Reserve(16), value);
            output.Advance(16);
        }
    }

    /// <inheritdoc/>
    public override string Format(int index) => DecimalText.Of(this[index], Scale);

    /// <inheritdoc/>
    protected override double Number(Int128 value) => (double)value / Math.Pow(10, Scale);

    /// <inheritdoc/>
    protected override ulong Hash(Int128 value) => (ulong)value ^ ((ulong)(value >> 64) * 0x9E3779B97F4A7C15);

    /// <inheritdoc/>
    public override (byte[] Min, byte[] Max) Bounds()
    {
        if (Values == 0)
            return ([], []);

        Int128 min = Int128.MaxValue, max = Int128.MinValue;
        foreach (var value in Data)
        {
            min = Int128.Min(min, value);
            max = Int128.Max(max, value);
        }

        return (BigEndian(min), BigEndian(max));
    }

    private static byte[] BigEndian(Int128 value)
    {
        var bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt128BigEndian(bytes, value);
        return bytes;
    }
}

/// <summary>Truth values, in one bit each.</summary>
internal sealed class BooleanColumn : FixedColumn<bool>
{
    /// <inheritdoc/>
    public override PhysicalType Physical => PhysicalType.Boolean;

    /// <inheritdoc/>
    public override void WritePlain(ByteBuffer output)
    {
        var data = Data;
        for (var i = 0; i < data.Length; i += 8)
        {
            var packed = 0;
            for (var bit = 0; bit < Math.Min(8, data.Length - i); bit++)
                packed |= (data[i + bit] ? 1 : 0) << bit;

            output.Add((byte)packed);
        }
    }

    /// <inheritdoc/>
    public override string Format(int index) => this[index] ? "true" : "false";

    /// <inheritdoc/>
    protected override double Number(bool value) => 0;

    /// <inheritdoc/>
    protected override ulong Hash(bool value) => value ? 1u : 0u;

    /// <inheritdoc/>
    public override (byte[] Min, byte[] Max) Bounds() =>
        Values == 0 ? ([], []) : ([(byte)(Data.Contains(false) ? 0 : 1)], [(byte)(Data.Contains(true) ? 1 : 0)]);
}

/// <summary>Text in UTF-8.</summary>
internal sealed class TextColumn : ParquetColumn
{
    /// <summary>Bounds longer than this are left out: free text is never looked up by range.</summary>
    private const int LongestBound = 256;

    private readonly ByteBuffer _bytes = new(64 * 1024);
    private int[] _ends = new int[1024];
    private byte[]? _least, _greatest;

    /// <inheritdoc/>
    public override PhysicalType Physical => PhysicalType.ByteArray;

    /// <summary>The bytes of this row group's values.</summary>
    public int Bytes => _bytes.Length;

    /// <summary>Adds a row with a value.</summary>
    public void Add(ReadOnlySpan<byte> value)
    {
        var at = Values;
        if (at == _ends.Length)
            Array.Resize(ref _ends, at * 2);

        _bytes.Add(value);
        _ends[at] = _bytes.Length;
        AddedValue();
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
    public override void WritePlain(ByteBuffer output)
    {
        for (var i = 0; i < Values; i++)
        {
            var value = Value(i);
            output.AddInt32(value.Length);
            output.Add(value);
        }
    }

    /// <inheritdoc/>
    public override string Format(int index) => System.Text.Encoding.UTF8.GetString(Value(index));

    /// <inheritdoc/>
    public override void Summarize(ColumnSummary summary, bool hasDictionary)
    {
        var (min, max) = Extremes();
        var (lower, higher) = (_least is null || Value(min).SequenceCompareTo(_least) < 0, _greatest is null || Value(max).SequenceCompareTo(_greatest) > 0);
        summary.AddBounds(this, min, max, lower, higher);
        _least = lower ? Value(min).ToArray() : _least;
        _greatest = higher ? Value(max).ToArray() : _greatest;
        var count = hasDictionary ? Dictionary.Count : Values;
        for (var i = 0; i < count; i++)
        {
            var value = Value(hasDictionary ? Dictionary.Firsts[i] : i);
            summary.AddHash(XxHash3.HashToUInt64(value));
            summary.AddLength(Characters(value), hasDictionary ? Dictionary.Counts[i] : 1);
        }
    }

    private static int Characters(ReadOnlySpan<byte> utf8)
    {
        var continuing = 0;
        foreach (var c in utf8)
            continuing += (c & 0xC0) == 0x80 ? 1 : 0;

        return utf8.Length - continuing;
    }

    /// <inheritdoc/>
    public override (byte[] Min, byte[] Max) Bounds()
    {
        if (Values == 0)
            return ([], []);

        var (min, max) = Extremes();
        return Value(min).Length > LongestBound || Value(max).Length > LongestBound
            ? ([], [])
            : (Value(min).ToArray(), Value(max).ToArray());
    }

    private (int Min, int Max) Extremes()
    {
        // Where there is a dictionary, its values are all there are.
        int min = 0, max = 0;
        var distinct = Dictionary.Firsts;
        var count = distinct.IsEmpty ? Values : distinct.Length;
        for (var i = 0; i < count; i++)
        {
            var at = distinct.IsEmpty ? i : distinct[i];
            var value = Value(at);
            if (value.SequenceCompareTo(Value(min)) < 0)
                min = at;
            else if (value.SequenceCompareTo(Value(max)) > 0)
                max = at;
        }

        return (min, max);
    }

    /// <summary>One value of the row group.</summary>
    public ReadOnlySpan<byte> Value(int index)
    {
        var start = index == 0 ? 0 : _ends[index - 1];
        return _bytes.Written[start.._ends[index]];
    }
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

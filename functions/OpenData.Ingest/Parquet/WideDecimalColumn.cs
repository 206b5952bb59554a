using System.Buffers.Binary;

namespace OpenData.Ingest.Parquet;

/// <summary>Decimals of more than 18 digits, as big-endian two's complement of 16 bytes.</summary>
internal sealed class WideDecimalColumn : FixedColumn<Int128, WideDecimalColumn.Kind>
{
    /// <inheritdoc/>
    public override PhysicalType Physical => PhysicalType.FixedLengthByteArray;

    /// <inheritdoc/>
    protected override bool TryFill(ValueDictionary dictionary) => false;

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

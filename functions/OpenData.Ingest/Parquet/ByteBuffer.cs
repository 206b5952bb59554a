using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace OpenData.Ingest.Parquet;

/// <summary>
/// A growing array of bytes that is used over and over, so that encoding a row group allocates nothing once warm. What it grows out of goes
/// back to the pool, where the next buffer finds it: large arrays left to the garbage collector stay long, and peak memory is theirs.
/// </summary>
internal sealed class ByteBuffer(int capacity = 1024)
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Space for at least so many further bytes; <see cref="Advance"/> says how many were used.</summary>
    public Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count) Grow(count);

        return _bytes.AsSpan(Length);
    }

    private void Grow(int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)BitOperations.RoundUpToPowerOf2((uint)(Length + count)));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }

    public void Advance(int count) => Length += count;

    public void Add(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    public void Add(ReadOnlySpan<byte> values)
    {
        values.CopyTo(Reserve(values.Length));
        Length += values.Length;
    }

    public void AddInt32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Reserve(4), value);
        Length += 4;
    }

    public void SetInt32(int position, int value) => BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(position), value);

    /// <summary>Adds numbers as they lie in memory, which on every machine this runs on is little-endian, as Parquet wants them.</summary>
    public void AddRaw<T>(ReadOnlySpan<T> values) where T : unmanaged => Add(MemoryMarshal.AsBytes(values));

    /// <summary>Adds an unsigned LEB128 number.</summary>
    public void AddVarint(ulong value)
    {
        var target = Reserve(10);
        var i = 0;
        for (; value >= 0x80; value >>= 7) target[i++] = (byte)(value | 0x80);

        target[i++] = (byte)value;
        Length += i;
    }

    /// <summary>Adds a signed number in zigzag LEB128.</summary>
    public void AddZigzag(long value) => AddVarint((ulong)((value << 1) ^ (value >> 63)));
}

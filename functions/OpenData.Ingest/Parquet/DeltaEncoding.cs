using System.Buffers.Binary;
using System.Numerics;

namespace OpenData.Ingest.Parquet;

/// <summary>
/// Parquet's DELTA_BINARY_PACKED: differences of neighbours, in blocks that each take only the bits they need:
/// https://parquet.apache.org/docs/file-format/data-pages/encodings/#DELTAENC.
/// </summary>
internal static class DeltaEncoding
{
    private const int BlockSize = 128, MiniBlocks = 4, MiniBlockSize = BlockSize / MiniBlocks;

    /// <summary>Encodes whole numbers of 32 or 64 bits.</summary>
    public static void Encode<T>(ReadOnlySpan<T> values, ByteBuffer output) where T : unmanaged, IBinaryInteger<T>
    {
        output.AddVarint(BlockSize);
        output.AddVarint(MiniBlocks);
        output.AddVarint((ulong)values.Length);
        output.AddZigzag(values.IsEmpty ? 0 : long.CreateTruncating(values[0]));
        Span<long> deltas = stackalloc long[BlockSize];
        for (var from = 1; from < values.Length; from += BlockSize)
        {
            var count = Math.Min(BlockSize, values.Length - from);
            var least = long.MaxValue;
            for (var i = 0; i < count; i++)
            {
                // Wraps around where the difference does not fit, and back when it is read.
                deltas[i] = unchecked(long.CreateTruncating(values[from + i]) - long.CreateTruncating(values[from + i - 1]));
                if (typeof(T) == typeof(int)) deltas[i] = (int)deltas[i];

                least = Math.Min(least, deltas[i]);
            }

            EncodeBlock(deltas, count, least, output);
        }
    }

    private static void EncodeBlock(Span<long> deltas, int count, long least, ByteBuffer output)
    {
        for (var i = 0; i < count; i++) deltas[i] = unchecked(deltas[i] - least);

        deltas[count..].Clear();
        output.AddZigzag(least);
        Span<int> widths = stackalloc int[MiniBlocks];
        for (var mini = 0; mini < MiniBlocks; mini++)
        {
            ulong all = 0;
            foreach (var delta in deltas.Slice(mini * MiniBlockSize, MiniBlockSize)) all |= (ulong)delta;

            widths[mini] = 64 - BitOperations.LeadingZeroCount(all);
            output.Add((byte)widths[mini]);
        }

        for (var mini = 0; mini * MiniBlockSize < count; mini++)
        {
            Pack(deltas.Slice(mini * MiniBlockSize, MiniBlockSize), widths[mini], output);
        }
    }

    /// <summary>Packs 32 numbers of so many bits (0 to 64), lowest first.</summary>
    private static void Pack(ReadOnlySpan<long> values, int width, ByteBuffer output)
    {
        var bytes = values.Length * width / 8;
        var target = output.Reserve(bytes + 16);
        ulong pending = 0;
        int bits = 0, at = 0;
        foreach (var value in values)
        {
            pending |= (ulong)value << bits;
            bits += width;
            if (bits < 64) continue;

            BinaryPrimitives.WriteUInt64LittleEndian(target[at..], pending);
            at += 8;
            bits -= 64;
            pending = bits == 0 ? 0 : (ulong)value >> (width - bits);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(target[at..], pending);
        output.Advance(bytes);
    }
}

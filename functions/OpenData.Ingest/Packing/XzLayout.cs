using System.Buffers.Binary;

namespace OpenData.Ingest.Packing;

/// <summary>
/// The offsets of the streams and blocks of an XZ file, read from its indexes (https://tukaani.org/xz/xz-file-format.txt, sections 2 to 4),
/// and how much memory its blocks want: the library takes whatever they say.
/// </summary>
internal static class XzLayout
{
    private const int HeaderBytes = 12, FooterBytes = 12, MostBlocks = 1 << 20;
    private const ulong Lzma2Filter = 0x21;

    /// <summary>The streams of a file, in order, each with its first byte and its length.</summary>
    /// <param name="file">The whole file; it can seek.</param>
    /// <param name="largestWindow">The greatest window, in bytes, that a block wants.</param>
    /// <exception cref="InvalidDataException">The file is damaged or was cut off.</exception>
    public static IReadOnlyList<(long Start, long Length)> Read(Stream file, out long largestWindow)
    {
        var streams = new List<(long, long)>();
        largestWindow = 0;
        var end = file.Length;
        while (end > 0)
        {
            var word = At(file, end - 4, 4);
            if (BinaryPrimitives.ReadUInt32LittleEndian(word) == 0)
            {
                end -= 4; // padding behind a stream
                continue;
            }

            var footer = At(file, end - FooterBytes, FooterBytes);
            if (footer is not [.., (byte)'Y', (byte)'Z']) throw new InvalidDataException("The XZ file has no end.");
            var indexBytes = (BinaryPrimitives.ReadUInt32LittleEndian(footer.AsSpan(4)) + 1L) * 4;
            var blocks = Blocks(At(file, end - FooterBytes - indexBytes, checked((int)Math.Min(indexBytes, int.MaxValue))));
            var start = end - FooterBytes - indexBytes - blocks.Sum(Padded) - HeaderBytes;
            if (!At(file, start, 6).AsSpan().SequenceEqual((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]))
            {
                throw new InvalidDataException("The XZ file's index is wrong.");
            }

            var at = start + HeaderBytes;
            foreach (var block in blocks)
            {
                largestWindow = Math.Max(largestWindow, Window(file, at));
                at += Padded(block);
            }

            streams.Insert(0, (start, end - start));
            end = start;
        }

        return streams;
    }

    private static long Padded(long bytes) => (bytes + 3) & ~3L;

    /// <summary>The lengths of the blocks, without their padding.</summary>
    private static List<long> Blocks(ReadOnlySpan<byte> index)
    {
        if (index[0] != 0) throw new InvalidDataException("The XZ file has no index.");
        index = index[1..];
        var count = Number(ref index);
        if (count > MostBlocks) throw new InvalidDataException("The XZ file has too many blocks.");
        var blocks = new List<long>();
        for (ulong i = 0; i < count; i++)
        {
            blocks.Add((long)Math.Min(Number(ref index), long.MaxValue / 4 / MostBlocks));
            Number(ref index);
        }

        return blocks;
    }

    /// <summary>The dictionary of the block whose header begins at a position (section 3.1 and 5.3.1).</summary>
    private static long Window(Stream file, long at)
    {
        var header = At(file, at, (At(file, at, 1)[0] + 1) * 4).AsSpan();
        var flags = header[1];
        var rest = (ReadOnlySpan<byte>)header[2..];
        if ((flags & 0x40) != 0) Number(ref rest);
        if ((flags & 0x80) != 0) Number(ref rest);
        var window = 0L;
        for (var filter = 0; filter <= (flags & 3); filter++)
        {
            var id = Number(ref rest);
            var length = (int)Math.Min(Number(ref rest), (ulong)rest.Length);
            if (id == Lzma2Filter && length == 1) window = rest[0] >= 40 ? uint.MaxValue : (2L | (rest[0] & 1L)) << ((rest[0] / 2) + 11);

            rest = rest[length..];
        }

        return window;
    }

    /// <summary>A number of variable length (section 1.2).</summary>
    private static ulong Number(ref ReadOnlySpan<byte> bytes)
    {
        ulong number = 0;
        for (var shift = 0; shift < 63; shift += 7)
        {
            if (bytes.IsEmpty) break;
            var b = bytes[0];
            bytes = bytes[1..];
            number |= (b & 0x7FUL) << shift;
            if (b < 0x80) return number;
        }

        throw new InvalidDataException("A number in the XZ file is not whole.");
    }

    private static byte[] At(Stream file, long position, int length)
    {
        if (position < 0 || length < 1 || position + length > file.Length) throw new InvalidDataException("The XZ file is cut off.");
        var bytes = new byte[length];
        file.Position = position;
        file.ReadExactly(bytes);
        return bytes;
    }
}

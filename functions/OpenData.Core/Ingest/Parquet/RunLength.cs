using System.Buffers.Binary;

namespace OpenData.Ingest.Parquet;

/// <summary>
/// Parquet's hybrid of run lengths and bit packing, for definition levels and dictionary indices:
/// https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE.
/// </summary>
internal static class RunLength
{
    /// <summary>Runs shorter than this are packed: eight values are the packing's unit.</summary>
    private const int ShortestRun = 16;

    /// <summary>Encodes values that each fit in so many bits (0 to 32).</summary>
    public static void Encode(ReadOnlySpan<int> values, int bitWidth, ByteBuffer output)
    {
        var packedFrom = 0;
        var i = 0;
        while (i < values.Length)
        {
            var run = RunAt(values, i);
            // A run may begin only where the packed values before it fill whole groups of eight.
            var toFill = (8 - (i - packedFrom) % 8) % 8;
            if (run - toFill < ShortestRun)
            {
                i += run;
                continue;
            }

            i += toFill;
            run -= toFill;
            Pack(values[packedFrom..i], bitWidth, output);
            Run(values[i], run, bitWidth, output);
            i += run;
            packedFrom = i;
        }

        Pack(values[packedFrom..], bitWidth, output);
    }

    /// <summary>Encodes one value, repeated.</summary>
    public static void Run(int value, int count, int bitWidth, ByteBuffer output)
    {
        output.AddVarint((ulong)count << 1);
        for (var bits = 0; bits < bitWidth; bits += 8)
            output.Add((byte)(value >> bits));
    }

    private static int RunAt(ReadOnlySpan<int> values, int start)
    {
        var value = values[start];
        var end = values[start..].IndexOfAnyExcept(value);
        return end < 0 ? values.Length - start : end;
    }

    private static void Pack(ReadOnlySpan<int> values, int bitWidth, ByteBuffer output)
    {
        if (values.IsEmpty)
            return;

        var groups = (values.Length + 7) / 8;
        output.AddVarint(((ulong)groups << 1) | 1);
        var bytes = groups * bitWidth;
        var target = output.Reserve(bytes + 8);
        ulong pending = 0;
        int pendingBits = 0, at = 0;
        foreach (var value in values)
        {
            pending |= (ulong)(uint)value << pendingBits;
            pendingBits += bitWidth;
            if (pendingBits < 32)
                continue;

            BinaryPrimitives.WriteUInt32LittleEndian(target[at..], (uint)pending);
            at += 4;
            pending >>= 32;
            pendingBits -= 32;
        }

        // What is pending, and zeros up to the end of the last group.
        for (; at < bytes; at++, pending >>= 8)
            target[at] = (byte)pending;

        output.Advance(bytes);
    }
}

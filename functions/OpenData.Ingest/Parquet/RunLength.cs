using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace OpenData.Ingest.Parquet;

/// <summary>
/// Parquet's hybrid of run lengths and bit packing, for definition levels and dictionary indices:
/// https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE.
/// </summary>
internal static class RunLength
{
    /// <summary>Values are packed in groups of so many, and a run begins where a group does.</summary>
    private const int Group = 8;

    /// <summary>Shorter runs are packed.</summary>
    private const int ShortestRun = 2 * Group;

    /// <summary>Encodes values that each fit in so many bits (0 to 32).</summary>
    public static void Encode(ReadOnlySpan<int> values, int bitWidth, ByteBuffer output)
    {
        var packedFrom = 0;
        for (var i = 0; i + ShortestRun <= values.Length; i += Group)
        {
            if (!AreEqual(values[i..]) || !AreEqual(values[(i + Group)..]) || values[i] != values[i + Group]) continue;

            var run = values[i..].IndexOfAnyExcept(values[i]) is var other and >= 0 ? other : values.Length - i;
            Pack(values[packedFrom..i], bitWidth, output);
            Run(values[i], run, bitWidth, output);
            packedFrom = i + run;
            i = packedFrom - Group;
        }

        Pack(values[packedFrom..], bitWidth, output);
    }

    private static bool AreEqual(ReadOnlySpan<int> group) => Vector256.EqualsAll(Vector256.Create(group), Vector256.Create(group[0]));

    /// <summary>Encodes one value, repeated.</summary>
    public static void Run(int value, int count, int bitWidth, ByteBuffer output)
    {
        output.AddVarint((ulong)count << 1);
        for (var bits = 0; bits < bitWidth; bits += 8) output.Add((byte)(value >> bits));
    }

    private static void Pack(ReadOnlySpan<int> values, int bitWidth, ByteBuffer output)
    {
        if (values.IsEmpty) return;

        var groups = (values.Length + Group - 1) / Group;
        output.AddVarint(((ulong)groups << 1) | 1);
        var bytes = groups * bitWidth;
        var target = output.Reserve(bytes + 8);
        ulong pending = 0;
        int pendingBits = 0, at = 0;
        foreach (var value in values)
        {
            pending |= (ulong)(uint)value << pendingBits;
            pendingBits += bitWidth;
            if (pendingBits < 32) continue;

            BinaryPrimitives.WriteUInt32LittleEndian(target[at..], (uint)pending);
            at += 4;
            pending >>= 32;
            pendingBits -= 32;
        }

        // What is pending, and zeros up to the end of the last group.
        for (; at < bytes; at++, pending >>= 8) target[at] = (byte)pending;

        output.Advance(bytes);
    }
}

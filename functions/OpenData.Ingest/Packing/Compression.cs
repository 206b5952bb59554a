using System.IO.Compression;
using OpenData.Ingest.Records;
using SharpCompress.Compressors.BZip2;
using ZstdNet;

namespace OpenData.Ingest.Packing;

/// <summary>A way of compressing a single file, known by the file's first bytes.</summary>
/// <param name="Suffix">What such files are called by, such as <c>.gz</c>; also the suffix of the format's name.</param>
/// <param name="Open">Opens the unpacked bytes of a file.</param>
internal sealed record Compression(string Suffix, Func<SourceContent, Stream> Open)
{
    /// <summary>The most memory, in bytes, that looking back at what was unpacked may take.</summary>
    public const long LargestWindow = 64 << 20;

    private const int LargestWindowLog = 26;

    private static readonly byte[] GzipSeal =
        SealedStream.PackSeal(into => new GZipStream(into, CompressionLevel.Fastest, leaveOpen: true));

    private static readonly byte[] ZstandardSeal = SealedStream.PackSeal(into => new CompressionStream(into));

    private static readonly Compression Gzip = new(
        ".gz",
        source => new SealedStream(
            source.Open(), GzipSeal, packed => new GZipStream(packed, System.IO.Compression.CompressionMode.Decompress)));

    private static readonly Compression Bzip2 =
        new(".bz2", source => BZip2Stream.Create(source.Open(), SharpCompress.Compressors.CompressionMode.Decompress, true, false, false));

    private static readonly Compression Xz = new(".xz", OpenXz);

    private static readonly Compression Zstandard = new(
        ".zst", source => new SealedStream(source.Open(), ZstandardSeal, packed => new ZstandardStream(packed, LargestWindowLog)));

    /// <summary>The compression that a file begins with, or null.</summary>
    public static Compression? Of(ReadOnlySpan<byte> head) => head switch
    {
        [0x1F, 0x8B, 8, ..] => Gzip,
        [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..] => Bzip2,
        [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, ..] => Bzip2, // an empty one
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => Xz,
        [0x28, 0xB5, 0x2F, 0xFD, ..] or [>= 0x50 and <= 0x5F, 0x2A, 0x4D, 0x18, ..] => Zstandard,
        _ => null,
    };

    /// <summary>What a file holds, unpacked anew each time it is read.</summary>
    public UnpackedContent Unpack(SourceContent packed)
    {
        var name = packed.Name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? packed.Name[..^Suffix.Length]
            : packed.Name.EndsWith(".t" + Suffix[1..], StringComparison.OrdinalIgnoreCase)
                ? packed.Name[..^Suffix.Length] + "ar"
                : packed.Name;
        return new UnpackedContent(name, packed.Length ?? 0, () => Open(packed));
    }

    /// <summary>The name of a way of packing that is known and not unpacked; null if a file does not begin with one.</summary>
    public static string? Foreign(ReadOnlySpan<byte> head) => head switch
    {
        [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C, ..] => "a 7z archive",
        [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..] => "a RAR archive",
        [0x1F, 0x9D or 0xA0, ..] => "compressed by the Unix program 'compress' (.Z)",
        [0x04, 0x22, 0x4D, 0x18, ..] => "compressed with LZ4",
        [(byte)'L', (byte)'Z', (byte)'I', (byte)'P', ..] => "compressed with lzip",
        [0xFF, 0x06, 0, 0, (byte)'s', (byte)'N', (byte)'a', (byte)'P', (byte)'p', (byte)'Y', ..] => "compressed with Snappy",
        [(byte)'M', (byte)'S', (byte)'C', (byte)'F', ..] => "a cabinet archive (.cab)",
        [(byte)'!', (byte)'<', (byte)'a', (byte)'r', (byte)'c', (byte)'h', (byte)'>', ..] => "an archive of the program 'ar'",
        [(byte)'0', (byte)'7', (byte)'0', (byte)'7', (byte)'0', (byte)'1' or (byte)'2' or (byte)'7', ..] => "a cpio archive",
        [0xED, 0xAB, 0xEE, 0xDB, ..] => "a package of the program 'rpm'",
        [0x5D, 0, 0, _, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, ..] => "compressed with LZMA",
        [_, _, (byte)'-', (byte)'l', (byte)'h', >= (byte)'0' and <= (byte)'7', (byte)'-', ..] => "an LHA archive",
        [(byte)'A', (byte)'L', (byte)'Z', 1, ..] or [(byte)'E', (byte)'G', (byte)'G', (byte)'A', ..] =>
            "an archive of ALZip (.alz or .egg)",
        _ => null,
    };

    private static XzStreams OpenXz(SourceContent source)
    {
        var file = SeekableCopy.Open(source);
        try
        {
            var streams = XzLayout.Read(file, out var window);
            if (window > LargestWindow) throw PackingProblems.TooLargeWindow("XZ", LargestWindow);
            return new XzStreams(file, streams);
        }
        catch (Exception e) when (e is InvalidDataException or OverflowException or ArgumentException or IndexOutOfRangeException)
        {
            file.Dispose();
            throw PackingProblems.Broken($"The XZ file '{source.Name}'");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}

using OpenData.Ingest.Records;
using OpenData.Lake;
using SharpCompress.Common;
using ZstdNet;

namespace OpenData.Ingest.Packing;

/// <summary>Reads what is unpacked, and says in a problem's words when the packing is broken or a bomb.</summary>
internal sealed class UnpackingStream(Stream unpacked, string name, long packedBytes) : ReadOnlyStream
{
    /// <summary>From this size on, in bytes, content is held to <see cref="LargestRatio"/>.</summary>
    internal const long AlwaysAllowed = 256L << 20;

    /// <summary>How many times larger than its packing content may be. Monotonous tables reach some 100; a bomb about 1,000.</summary>
    internal const int LargestRatio = 200;

    private long _read;

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Count(unpacked.Read(buffer));
        }
        catch (Exception e) when (IsOfData(e))
        {
            throw Broken();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) unpacked.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Whether damaged data raises it in one of the libraries, and a fault of storage does not.</summary>
    public static bool IsOfData(Exception e) =>
        e is InvalidDataException or EndOfStreamException or SharpCompressException or ZstdException or IndexOutOfRangeException
            or OverflowException or ArgumentException or InvalidOperationException or NullReferenceException;

    private int Count(int read)
    {
        _read += read;
        if (_read <= AlwaysAllowed || _read / LargestRatio <= packedBytes) return read;
        throw new UnreadableSourceException(new Problem(
            "compression-bomb",
            Severity.Error,
            $"'{name}' unpacks to more than {LargestRatio} times its packed size of {packedBytes:n0} bytes.",
            "Upload the file without compressing it, or in parts."));
    }

    private UnreadableSourceException Broken() => Broken(name, _read);

    /// <summary>The problem of a packing that is broken.</summary>
    /// <param name="name">The unpacked file's name.</param>
    /// <param name="read">Bytes that could be unpacked.</param>
    public static UnreadableSourceException Broken(string name, long read) => new(new Problem(
        "compression-broken",
        Severity.Error,
        $"'{name}' cannot be unpacked beyond byte {read:n0}: the compressed file is damaged or was cut off.",
        "Compress the file again and upload it again; compare its size after the upload.")
    {
        ByteOffset = read,
    });
}

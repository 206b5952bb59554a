using System.IO.Hashing;

namespace OpenData.Ingest.Packing;

/// <summary>
/// Reads an entry of a ZIP file and fails at its end if length or checksum are not what the directory says: .NET checks neither.
/// </summary>
/// <param name="inner">The unpacked bytes; disposed with this.</param>
/// <param name="length">How many there should be.</param>
/// <param name="crc32">Their CRC-32.</param>
/// <param name="owner">Disposed with this too.</param>
internal sealed class CheckedStream(Stream inner, long length, uint crc32, IDisposable? owner) : ReadOnlyStream
{
    private readonly Crc32 _crc = new();
    private long _read;

    /// <exception cref="InvalidDataException">The entry is damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        _crc.Append(buffer[..read]);
        _read += read;
        if (_read > length || (read == 0 && buffer.Length > 0 && (_read != length || _crc.GetCurrentHashAsUInt32() != crc32)))
        {
            throw new InvalidDataException("The entry's length or checksum is wrong.");
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            owner?.Dispose();
        }

        base.Dispose(disposing);
    }
}

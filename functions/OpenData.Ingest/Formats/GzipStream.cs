using System.IO.Compression;
using System.Security.Cryptography;

namespace OpenData.Ingest.Formats;

/// <summary>
/// Unpacks gzip and fails if it was cut off. .NET's stream ends in silence there, so a last member of our own is put behind the file: only
/// if everything before it was whole does its content come out at the end.
/// </summary>
internal sealed class GzipStream : ReadOnlyStream
{
    private static readonly byte[] Seal = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] PackedSeal = Pack(Seal);

    private readonly GZipStream _unpacked;
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>Unpacks a stream; it is disposed with this one.</summary>
    public GzipStream(Stream packed) => _unpacked = new GZipStream(new SealedStream(packed), CompressionMode.Decompress);

    /// <exception cref="InvalidDataException">The file is damaged or was cut off.</exception>
    public override int Read(Span<byte> buffer)
    {
        // The last bytes are held back until more follow them, because they may be the seal.
        while (_end - _start <= Seal.Length)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            var read = _unpacked.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            if (read > 0) continue;
            return _buffer.AsSpan(_start.._end).SequenceEqual(Seal) ? 0 : throw new InvalidDataException("The gzip file was cut off.");
        }

        var length = Math.Min(buffer.Length, _end - _start - Seal.Length);
        _buffer.AsSpan(_start, length).CopyTo(buffer);
        _start += length;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _unpacked.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>A stream with the packed seal behind it.</summary>
    private sealed class SealedStream(Stream packed) : ReadOnlyStream
    {
        private int _sealRead;

        public override int Read(Span<byte> buffer)
        {
            if (_sealRead == 0 && packed.Read(buffer) is > 0 and var read) return read;
            var length = Math.Min(buffer.Length, PackedSeal.Length - _sealRead);
            PackedSeal.AsSpan(_sealRead, length).CopyTo(buffer);
            _sealRead += length;
            return length;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) packed.Dispose();
            base.Dispose(disposing);
        }
    }
}

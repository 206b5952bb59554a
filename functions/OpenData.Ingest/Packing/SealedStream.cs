using System.Security.Cryptography;

namespace OpenData.Ingest.Packing;

/// <summary>
/// Unpacks with a library that ends in silence where a file was cut off, and fails there. A last member of our own, which holds random
/// bytes, is put behind the file: only if everything before it was whole do those bytes come out at the end.
/// </summary>
internal sealed class SealedStream : ReadOnlyStream
{
    private static readonly byte[] Seal = RandomNumberGenerator.GetBytes(32);

    private readonly Stream _unpacked;
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>Unpacks a stream.</summary>
    /// <param name="packed">The stream; disposed with this one.</param>
    /// <param name="packedSeal">What <see cref="PackSeal"/> made, in the same format.</param>
    /// <param name="unpack">Unpacks a stream of any number of members, and disposes it.</param>
    public SealedStream(Stream packed, byte[] packedSeal, Func<Stream, Stream> unpack) =>
        _unpacked = unpack(new SealedPacking(packed, packedSeal));

    /// <summary>Makes the last member.</summary>
    /// <param name="pack">Opens a stream that packs into another one.</param>
    public static byte[] PackSeal(Func<Stream, Stream> pack)
    {
        using var packed = new MemoryStream();
        using (var packing = pack(packed)) packing.Write(Seal);
        return packed.ToArray();
    }

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
            return _buffer.AsSpan(_start.._end).SequenceEqual(Seal)
                ? 0
                : throw new InvalidDataException("The compressed file was cut off.");
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

    /// <summary>A stream with the packed seal behind it.</summary>
    private sealed class SealedPacking(Stream packed, byte[] seal) : ReadOnlyStream
    {
        private int _sealRead;

        public override int Read(Span<byte> buffer)
        {
            if (_sealRead == 0 && packed.Read(buffer) is > 0 and var read) return read;
            var length = Math.Min(buffer.Length, seal.Length - _sealRead);
            seal.AsSpan(_sealRead, length).CopyTo(buffer);
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

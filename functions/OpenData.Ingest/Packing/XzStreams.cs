using SharpCompress.Compressors.Xz;

namespace OpenData.Ingest.Packing;

/// <summary>The unpacked bytes of all streams of an XZ file, one after another.</summary>
internal sealed class XzStreams(Stream file, IReadOnlyList<(long Start, long Length)> streams) : ReadOnlyStream
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private XZStream? _current;
    private int _next;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        while (true)
        {
            if (_current is null)
            {
                if (_next == streams.Count) return 0;
                var (start, length) = streams[_next++];
                _current = new XZStream(new BufferedStream(new PartialStream(file, start, length), 1 << 16));
            }

            var read = _current.Read(_buffer, 0, Math.Min(buffer.Length, _buffer.Length));
            _buffer.AsSpan(0, read).CopyTo(buffer);
            if (read > 0) return read;
            _current.Dispose();
            _current = null;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _current?.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}

using System.Security.Cryptography;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Publishing;

/// <summary>
/// Another content's bytes, whose SHA-256 is taken while they are read: the first stream that is read to its end yields it, so that the hash of a drop
/// costs no download of its own. Streams cannot seek; formats that need to seek copy the bytes once.
/// </summary>
internal sealed class HashedContent(SourceContent content) : SourceContent
{
    private string? _sha256;

    /// <inheritdoc/>
    public override string Name => content.Name;

    /// <inheritdoc/>
    public override long? Length => content.Length;

    /// <inheritdoc/>
    public override Stream Open() => _sha256 is null ? new HashingStream(content.Open(), sha256 => _sha256 ??= sha256) : content.Open();

    /// <summary>The SHA-256 of all bytes, in lower-case hexadecimal digits. Reads them only if no stream has been read to its end.</summary>
    public async Task<string> Sha256Async(CancellationToken cancellation)
    {
        if (_sha256 is not null) return _sha256;
        await using var bytes = content.Open();
        return _sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, cancellation));
    }

    private sealed class HashingStream(Stream bytes, Action<string> ended) : Stream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private bool _ended;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = bytes.Read(buffer);
            Add(buffer[..read], atEnd: read == 0 && buffer.Length > 0);
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await bytes.ReadAsync(buffer, cancellationToken);
            Add(buffer.Span[..read], atEnd: read == 0 && buffer.Length > 0);
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                bytes.Dispose();
                _hash.Dispose();
            }

            base.Dispose(disposing);
        }

        private void Add(ReadOnlySpan<byte> read, bool atEnd)
        {
            if (_ended) return;
            _hash.AppendData(read);
            if (!atEnd) return;
            _ended = true;
            ended(Convert.ToHexStringLower(_hash.GetHashAndReset()));
        }
    }
}

using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using OpenData.Lake;

namespace OpenData.Ingest.Publishing;

/// <summary>
/// Streams parts into a version's folder in the lake while they are being made. Each attempt at a version writes under names of
/// its own, and a part is a blob only once it is whole; which attempt's parts count is decided by version.json alone.
/// </summary>
internal sealed class LakePartSink(BlobContainerClient lake, string folder) : IPartSink
{
    private readonly string _attempt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
    private readonly List<Upload> _uploads = [];

    /// <inheritdoc/>
    public Task<Stream> CreateAsync(int index, CancellationToken cancellation)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{folder}part-{index:d5}-{_attempt}.parquet");
        var upload = new Upload(lake.GetBlobClient(name), cancellation);
        _uploads.Add(upload);
        return Task.FromResult<Stream>(upload);
    }

    /// <inheritdoc/>
    public async Task DiscardAllAsync(CancellationToken cancellation)
    {
        foreach (var upload in _uploads)
        {
            await upload.AbandonAsync();
            await lake.DeleteBlobIfExistsAsync(upload.Name, cancellationToken: cancellation);
        }

        _uploads.Clear();
    }

    /// <summary>The parts stored in the lake so far, in row order.</summary>
    /// <param name="rows">The rows of each.</param>
    public IReadOnlyList<Part> Parts(IReadOnlyList<long> rows) =>
        rows.Count == _uploads.Count
            ? [.. _uploads.Zip(rows, (upload, count) => upload.ToPart(count))]
            : throw new InvalidOperationException($"{_uploads.Count} parts were written, but rows were counted for {rows.Count}.");

    /// <summary>
    /// A stream whose bytes the storage client uploads in blocks in the background, so that making Parquet does not wait for the
    /// network; the pipe between the two bounds what is under way.
    /// </summary>
    private sealed class Upload : Stream
    {
        private const int BlockBytes = 4 << 20;
        private static readonly PipeOptions PipeOptions =
            new(pauseWriterThreshold: BlockBytes, resumeWriterThreshold: BlockBytes / 2, useSynchronizationContext: false);

        private readonly Pipe _pipe = new(PipeOptions);
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly CancellationTokenSource _abandoned;
        private readonly Task<BlobContentInfo> _sending;
        private Part? _part;
        private long _bytes;

        public Upload(BlobClient blob, CancellationToken cancellation)
        {
            Name = blob.Name;
            _abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            _sending = SendAsync(blob);
        }

        public string Name { get; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _bytes; set => throw new NotSupportedException(); }

        public Part ToPart(long rows) =>
            (_part ?? throw new InvalidOperationException($"The part {Name} has not been completed.")) with { Rows = rows };

        public override void Write(byte[] buffer, int offset, int count) =>
            WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            var into = _pipe.Writer.GetSpan(buffer.Length);
            buffer.CopyTo(into);
            Note(buffer);
            _pipe.Writer.Advance(buffer.Length);
            FlushPipeAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Note(buffer.Span);
            var flushed = await _pipe.Writer.WriteAsync(buffer, cancellationToken);
            if (flushed.IsCompleted) await _sending; // it ended early: throws what stopped it
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        /// <summary>Stops sending, if it still is; what was sent so far never becomes a blob.</summary>
        public async Task AbandonAsync()
        {
            if (_part is not null) return;
            await _abandoned.CancelAsync();
            await _pipe.Writer.CompleteAsync();
            await _sending.ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        public override async ValueTask DisposeAsync()
        {
            await CompleteAsync();
            await base.DisposeAsync();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) CompleteAsync().GetAwaiter().GetResult();
            base.Dispose(disposing);
        }

        private async Task CompleteAsync()
        {
            if (_part is not null || _abandoned.IsCancellationRequested) return;
            await _pipe.Writer.CompleteAsync();
            var blob = await _sending;
            _part = new Part(Name, blob.ETag.ToString("H"), _bytes, Rows: 0, Convert.ToHexStringLower(_hash.GetHashAndReset()));
            _hash.Dispose();
            _abandoned.Dispose();
        }

        private async Task<BlobContentInfo> SendAsync(BlobClient blob)
        {
            var options = new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders { ContentType = "application/vnd.apache.parquet" },
                TransferOptions = new StorageTransferOptions
                {
                    InitialTransferSize = BlockBytes,
                    MaximumTransferSize = BlockBytes,
                    MaximumConcurrency = 3,
                },
            };
            try
            {
                return await blob.UploadAsync(_pipe.Reader.AsStream(leaveOpen: true), options, _abandoned.Token);
            }
            finally
            {
                await _pipe.Reader.CompleteAsync();
            }
        }

        private void Note(ReadOnlySpan<byte> buffer)
        {
            _hash.AppendData(buffer);
            _bytes += buffer.Length;
        }

        private async ValueTask FlushPipeAsync(CancellationToken cancellation)
        {
            var flushed = await _pipe.Writer.FlushAsync(cancellation);
            if (flushed.IsCompleted) await _sending;
        }
    }
}

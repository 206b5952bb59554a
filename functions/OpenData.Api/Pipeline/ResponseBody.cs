using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace OpenData.Api.Pipeline;

/// <summary>
/// The stream that a response's body is written to: it counts bytes, compresses text if the caller accepts an encoding, and discards the
/// body of an answer to HEAD. Which of these applies is decided at the first byte, when the content type is known.
/// </summary>
internal sealed class ResponseBody(HttpContext context, Stream inner) : Stream
{
    private Stream? _target;

    /// <summary>Bytes before compression.</summary>
    public long Written { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private Stream Target => _target ??= Open();

    /// <summary>Writes what the compressor still buffers.</summary>
    public async Task CompleteAsync()
    {
        if (_target is not null && _target != inner) await _target.DisposeAsync();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Written += buffer.Length;
        Target.Write(buffer);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Written += buffer.Length;
        return Target.WriteAsync(buffer, cancellationToken);
    }

    public override void Flush() => _target?.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => _target?.FlushAsync(cancellationToken) ?? Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private Stream Open()
    {
        if (HttpMethods.IsHead(context.Request.Method)) return Null;
        var headers = context.Response.Headers;
        if (!IsText(context.Response.ContentType) || headers.ContainsKey(HeaderNames.ContentEncoding)) return inner;
        if (AcceptedEncoding() is not { } encoding) return inner;
        headers.ContentEncoding = encoding;
        headers.ContentLength = null;
        if (!headers.Vary.ToString().Contains(HeaderNames.AcceptEncoding, StringComparison.Ordinal))
        {
            headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        }

        return encoding == "br"
            ? new BrotliStream(inner, CompressionLevel.Fastest, leaveOpen: true)
            : new GZipStream(inner, CompressionLevel.Fastest, leaveOpen: true);
    }

    // Parquet, Excel and gzip files are compressed in themselves.
    private static bool IsText(string? contentType)
    {
        var mediaType = (contentType ?? "").Split(';')[0].Trim();
        return mediaType.StartsWith("text/", StringComparison.Ordinal)
            || mediaType.Contains("json", StringComparison.Ordinal)
            || mediaType.EndsWith("xml", StringComparison.Ordinal);
    }

    private string? AcceptedEncoding()
    {
        var accepted = context.Request.GetTypedHeaders().AcceptEncoding;
        var (brotli, gzip) = (Quality("br"), Quality("gzip"));
        if (brotli > 0 && brotli >= gzip) return "br";
        return gzip > 0 ? "gzip" : null;

        double Quality(string encoding)
        {
            var named = accepted.FirstOrDefault(one => one.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase))
                ?? accepted.FirstOrDefault(one => one.Value == "*");
            return named is null ? 0 : named.Quality ?? 1;
        }
    }
}

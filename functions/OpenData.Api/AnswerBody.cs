using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace OpenData.Api;

/// <summary>
/// The body of an answer on its way out: counts its bytes, compresses it if the caller can read that and the content is worth it, and
/// drops it where only the headers were asked for. What it does is decided with the first byte, when the content's type is known.
/// </summary>
internal sealed class AnswerBody(HttpContext context, Stream inner) : Stream
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

    /// <summary>Writes what a compressor still holds.</summary>
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
        if (!IsText(context.Response.ContentType) || headers.ContainsKey(HeaderNames.ContentEncoding) || Accepted() is not { } encoding) return inner;
        headers.ContentEncoding = encoding;
        headers.ContentLength = null;
        if (!headers.Vary.ToString().Contains(HeaderNames.AcceptEncoding, StringComparison.Ordinal)) headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        return encoding == "br"
            ? new BrotliStream(inner, CompressionLevel.Fastest, leaveOpen: true)
            : new GZipStream(inner, CompressionLevel.Fastest, leaveOpen: true);
    }

    // Parquet, Excel and gzip files are compressed in themselves.
    private static bool IsText(string? contentType) => contentType is not null
        && (contentType.StartsWith("text/", StringComparison.Ordinal) || contentType.Contains("json", StringComparison.Ordinal)
            || contentType.Contains("xml;", StringComparison.Ordinal) || contentType.EndsWith("xml", StringComparison.Ordinal) || contentType.Contains("turtle", StringComparison.Ordinal));

    private string? Accepted()
    {
        var accepted = context.Request.GetTypedHeaders().AcceptEncoding;
        return Quality("br") is > 0 and var brotli && brotli >= Quality("gzip") ? "br" : Quality("gzip") > 0 ? "gzip" : null;

        double Quality(string encoding) =>
            (accepted.FirstOrDefault(one => one.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase)) ?? accepted.FirstOrDefault(one => one.Value == "*")) is { } found ? found.Quality ?? 1 : 0;
    }
}

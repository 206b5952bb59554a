using Azure;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using OpenData.Api.Pipeline;
using OpenData.Catalog;
using OpenData.Lake;
using OpenData.Portal.Rendering;

namespace OpenData.Portal.Desk;

/// <summary>Takes a file of an agency and puts it where every drop goes; what happens then is the same as for any other drop.</summary>
internal sealed class UploadHandler(DeskSessions sessions, DeskHandler desk, Storage storage) : IFileHandler
{
    /// <summary>The most bytes of a file; the Functions host takes no larger request.</summary>
    public const int MaxBytes = 100_000_000;

    private const int MaxField = 1_000; // bytes of a field that is not the file

    /// <inheritdoc/>
    public Task<PageAnswer> GetAsync(PageRequest request, CancellationToken cancellation) =>
        Task.FromResult<PageAnswer>(new SeeOther(request.View.Link("/desk")));

    /// <summary>
    /// Takes the form: the session's token and the dataset's folder first, and the file last, which is not kept in memory.
    /// </summary>
    /// <exception cref="ApiException">Nobody has signed in, or the form is not one.</exception>
    public async Task<PageAnswer> ReceiveAsync(PageRequest request, CancellationToken cancellation)
    {
        var (http, view) = (request.Http, request.View);
        var session = await sessions.RequireAsync(request, cancellation);
        if (http.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBytes + MaxField * 10L;
        }
        if (!MediaTypeHeaderValue.TryParse(http.ContentType, out var type)
            || type.MediaType != "multipart/form-data" || type.Boundary.Length == 0)
        {
            throw new ApiException(415, "UnsupportedMediaType", view.Text("error.form"));
        }

        var reader = new MultipartReader(HeaderUtilities.RemoveQuotes(type.Boundary).ToString(), http.Body);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadNextSectionAsync(cancellation) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) continue;
            var file = HeaderUtilities.RemoveQuotes(
                disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
            if (file.Length == 0)
            {
                fields[HeaderUtilities.RemoveQuotes(disposition.Name).ToString()] = await TextAsync(section.Body, cancellation);
                continue;
            }

            DeskSessions.Check(session, fields.GetValueOrDefault("token", ""), view);
            return await StoreAsync(
                request, session, fields.GetValueOrDefault("dataset", "").Trim(), NameOf(file), section.Body, cancellation);
        }

        return await desk.PageAsync(request, session, view.Text("desk.upload.nofile"), cancellation);
    }

    private async Task<PageAnswer> StoreAsync(
        PageRequest request, DeskSession session, string dataset, string file, Stream content, CancellationToken cancellation)
    {
        var view = request.View;
        if (!DatasetId.TryCreate(session.Agency, dataset, out var id))
        {
            return await desk.PageAsync(request, session, view.Text("desk.upload.folder", dataset), cancellation);
        }

        var path = $"{id.Agency}/{id.Dataset}/{file}";
        try
        {
            using var bounded = new BoundedStream(content, MaxBytes);
            var stored = await storage.Incoming.GetBlobClient(path).UploadAsync(bounded, overwrite: true, cancellation);
            var upload = UploadLog.IdOf(path, stored.Value.ETag.ToString("H"), stored.Value.LastModified);
            return new SeeOther(view.Link($"/desk/uploads/{upload}"));
        }
        catch (Exception e) when (e is StreamTooLongException or AggregateException { InnerException: StreamTooLongException })
        {
            return await desk.PageAsync(request, session, view.Text("desk.upload.large", PortalView.Bytes(MaxBytes)), cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 400)
        {
            return await desk.PageAsync(request, session, view.Text("desk.upload.name", file), cancellation);
        }
    }

    // Some browsers send the file's folder on their machine as well.
    private static string NameOf(string file) => UnicodeText.Nfc(file[(file.LastIndexOfAny(['/', '\\']) + 1)..]);

    private static async Task<string> TextAsync(Stream body, CancellationToken cancellation)
    {
        using var reader = new StreamReader(new BoundedStream(body, MaxField));
        try
        {
            return await reader.ReadToEndAsync(cancellation);
        }
        catch (StreamTooLongException)
        {
            throw new ApiException(413, "RequestTooLarge", "A field of the form is too long.");
        }
    }

    /// <summary>More was sent than is taken.</summary>
    private sealed class StreamTooLongException : IOException;

    /// <summary>A stream that fails beyond a number of bytes, so that what reads it stores nothing.</summary>
    private sealed class BoundedStream(Stream inner, long most) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Count(await inner.ReadAsync(buffer, cancellationToken));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private int Count(int read)
        {
            _read += read;
            return _read <= most ? read : throw new StreamTooLongException();
        }
    }
}

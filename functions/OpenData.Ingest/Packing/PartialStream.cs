namespace OpenData.Ingest.Packing;

/// <summary>A part of a file.</summary>
/// <param name="file">The file; it can seek and is not disposed with this.</param>
/// <param name="start">The part's first byte.</param>
/// <param name="length">Its length in bytes.</param>
internal sealed class PartialStream(Stream file, long start, long length) : ReadOnlyStream
{
    private long _at;

    public override int Read(Span<byte> buffer)
    {
        file.Position = start + _at;
        var read = file.Read(buffer[..(int)Math.Min(buffer.Length, length - _at)]);
        _at += read;
        return read;
    }
}

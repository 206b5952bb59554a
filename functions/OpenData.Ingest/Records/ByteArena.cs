using System.Text;

namespace OpenData.Ingest.Records;

/// <summary>
/// The cells of one record, one after another in a buffer that is used again for the next. Few bytes of a file may stand for many: cells
/// that share a text, or that are repeated; so they are bounded.
/// </summary>
internal sealed class ByteArena
{
    private byte[] _bytes = new byte[4096];

    /// <summary>The bytes in use.</summary>
    public int Length { get; private set; }

    /// <summary>Discards the contents and keeps the memory.</summary>
    public void Clear() => Length = 0;

    /// <summary>Adds bytes at the end.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Extend(bytes.Length));

    /// <summary>Adds a text as UTF-8.</summary>
    public void Append(string text)
    {
        const int ShortText = 1024; // of which the exact length does not matter
        var start = Length;
        var most = text.Length <= ShortText ? Encoding.UTF8.GetMaxByteCount(text.Length) : Encoding.UTF8.GetByteCount(text);
        var room = Extend(most);
        Shrink(start + Encoding.UTF8.GetBytes(text, room));
    }

    /// <summary>Adds room at the end for the caller to fill.</summary>
    /// <exception cref="UnreadableSourceException">The record becomes too long.</exception>
    public Span<byte> Extend(int bytes)
    {
        if ((long)Length + bytes > TableLimits.RecordBytes) throw TableLimits.RecordTooLong();
        if (Length + bytes > _bytes.Length) Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + bytes));
        Length += bytes;
        return _bytes.AsSpan(Length - bytes, bytes);
    }

    /// <summary>Gives back bytes at the end that were not needed.</summary>
    public void Shrink(int length) => Length = length;

    /// <summary>A part of what was added.</summary>
    public ReadOnlySpan<byte> Slice(int start, int length) => _bytes.AsSpan(start, length);
}

namespace OpenData.Ingest.Records;

/// <summary>The cells of one record, one after another in a buffer that is used again for the next.</summary>
internal sealed class ByteArena
{
    private byte[] _bytes = new byte[4096];

    /// <summary>The bytes in use.</summary>
    public int Length { get; private set; }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Length = 0;

    /// <summary>Adds bytes at the end.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Extend(bytes.Length));

    /// <summary>Adds room at the end for the caller to fill.</summary>
    public Span<byte> Extend(int bytes)
    {
        if (Length + bytes > _bytes.Length) Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + bytes));
        Length += bytes;
        return _bytes.AsSpan(Length - bytes, bytes);
    }

    /// <summary>Gives back bytes at the end that were not needed.</summary>
    public void Shrink(int length) => Length = length;

    /// <summary>A part of what was added.</summary>
    public ReadOnlySpan<byte> Slice(int start, int length) => _bytes.AsSpan(start, length);
}

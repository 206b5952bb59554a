using System.Buffers;
using System.Text;
using System.Text.Json;
using OpenData.Ingest.Records;
using OpenData.Lake;

namespace OpenData.Ingest.Json;

/// <summary>The values of a JSON file that are its records, one after another, each whole in memory and no more than one.</summary>
internal abstract class JsonValues : IDisposable
{
    /// <summary>The longest value, in bytes; it bounds the memory that reading takes.</summary>
    protected const int LongestValue = 16 << 20;

    private readonly Stream _stream;
    private long _consumed;
    private long _lines;

    protected JsonValues(Stream stream)
    {
        _stream = stream;
        Buffer = ArrayPool<byte>.Shared.Rent(1 << 18);
        Fill();
        if (Unread.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) Consume(3);
    }

    /// <summary>The line on which the value begins, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>The byte offset at which the value begins, from 0.</summary>
    public long ByteOffset { get; private set; }

    /// <summary>The value's JSON text, valid until the next call of <see cref="Next"/>.</summary>
    public ReadOnlySpan<byte> Value => Buffer.AsSpan(ValueStart, ValueLength);

    protected byte[] Buffer { get; private set; }

    protected int Start { get; private set; }

    protected int End { get; private set; }

    protected bool AtEnd { get; private set; }

    protected ReadOnlySpan<byte> Unread => Buffer.AsSpan(Start, End - Start);

    private int ValueStart { get; set; }

    private int ValueLength { get; set; }

    /// <summary>Goes to the next value; false at the end.</summary>
    /// <exception cref="UnreadableSourceException">What follows is not JSON, or a single value is too long.</exception>
    public abstract bool Next();

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        ArrayPool<byte>.Shared.Return(Buffer);
        Buffer = [];
        GC.SuppressFinalize(this);
    }

    /// <summary>Notes the value at this place among the unread bytes.</summary>
    protected void Found(int offset, int length)
    {
        ValueStart = Start + offset;
        ValueLength = length;
        ByteOffset = _consumed + offset;
        Line = LineOf(offset);
    }

    /// <summary>The line on which one of the unread bytes stands, from 1.</summary>
    protected long LineOf(int offset) => 1 + _lines + Unread[..offset].Count((byte)'\n');

    /// <summary>Passes over unread bytes.</summary>
    protected void Consume(int bytes)
    {
        _lines += Unread[..bytes].Count((byte)'\n');
        _consumed += bytes;
        Start += bytes;
    }

    /// <summary>Reads more behind the unread bytes; what <see cref="Value"/> showed is gone.</summary>
    protected void Fill()
    {
        if (Start > 0)
        {
            Unread.CopyTo(Buffer);
            End -= Start;
            Start = 0;
        }

        if (End == Buffer.Length)
        {
            if (End >= LongestValue) throw TooLong();
            var larger = ArrayPool<byte>.Shared.Rent(2 * Buffer.Length);
            Unread.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(Buffer);
            Buffer = larger;
        }

        try
        {
            var read = _stream.Read(Buffer, End, Buffer.Length - End);
            End += read;
            AtEnd = read == 0;
        }
        catch (DecoderFallbackException)
        {
            throw Undecodable();
        }
    }

    /// <summary>The problem of bytes that are not JSON.</summary>
    /// <param name="error">What the parser says.</param>
    /// <param name="offset">Where among the unread bytes.</param>
    protected UnreadableSourceException Invalid(JsonException error, int offset)
    {
        offset = Math.Clamp(offset, 0, Unread.Length);
        return new UnreadableSourceException(JsonProblems.Invalid(
            error, LineOf(offset), _consumed + offset, AtEnd && offset == Unread.Length, Unread[offset..]));
    }

    private UnreadableSourceException Undecodable() => new(new Problem(
        "encoding-undecodable",
        Severity.Error,
        "Behind this line there are bytes that are no characters in the encoding that the rest of the file is in.",
        "Save the file as UTF-8 and upload it again; or declare its encoding in dataset.json.")
    {
        Line = 1 + _lines + Unread.Count((byte)'\n'),
    });

    private UnreadableSourceException TooLong() => new(new Problem(
        "json-value-too-long",
        Severity.Error,
        $"A single JSON value is longer than {LongestValue >> 20} MiB.",
        "Upload the records as an array of objects, or one object a line, instead of as one value.")
    {
        Line = 1 + _lines,
        ByteOffset = _consumed,
    });
}

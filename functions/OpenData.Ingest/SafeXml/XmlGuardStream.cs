using OpenData.Ingest.Packing;

namespace OpenData.Ingest.SafeXml;

/// <summary>
/// XML on its way to a reader that would hold a text, or a tag with its attributes, whole in memory: refuses what goes on for too long
/// without a tag beginning, such as a file of some kilobytes that unpacks to gigabytes of one character. It tells tags from what looks like
/// them in comments, processing instructions and CDATA sections, in any encoding that has ASCII in it; the zeros of wider characters are
/// passed over.
/// </summary>
/// <param name="inner">The document's bytes; disposed with this.</param>
internal sealed class XmlGuardStream(Stream inner) : ReadOnlyStream
{
    private static readonly byte[] DataEnd = "]]>"u8.ToArray(), CommentEnd = "-->"u8.ToArray(), InstructionEnd = "?>"u8.ToArray();

    private readonly byte[] _last = new byte[3];
    private byte[]? _end;
    private int _opening;
    private long _since;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Follow(buffer[..read]);
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private void Follow(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var taken = _end is not null ? ToEnd(bytes) : _opening > 0 ? Open(bytes[0]) : ToTag(bytes);
            bytes = bytes[taken..];
            if (_since > XmlLimits.Text) throw XmlLimits.TextTooLong();
        }
    }

    /// <summary>Goes to behind the next character that may begin a tag.</summary>
    private int ToTag(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.IndexOf((byte)'<');
        if (at < 0)
        {
            _since += bytes.Length;
            return bytes.Length;
        }

        // What came before it counts in full, also where it is all in one buffer.
        if (_since + at > XmlLimits.Text) throw XmlLimits.TextTooLong();
        _since = 0;
        _opening = 1;
        return at + 1;
    }

    /// <summary>Tells by the characters behind &lt; what begins there.</summary>
    private int Open(byte next)
    {
        _since++;
        if (next == 0) return 1;
        switch (_opening, next)
        {
            case (1, (byte)'?'):
                Enter(InstructionEnd);
                return 1;
            case (1, (byte)'!'):
                _opening = 2;
                return 1;
            case (2, (byte)'['):
                Enter(DataEnd);
                return 1;
            case (2, (byte)'-'):
                _opening = 3;
                return 1;
            case (3, (byte)'-'):
                Enter(CommentEnd);
                return 1;
            default:
                _opening = 0;
                return 0; // it may be another <
        }
    }

    private void Enter(byte[] end)
    {
        (_end, _opening) = (end, 0);
        Array.Clear(_last);
    }

    /// <summary>Goes to behind the end of a section in which nothing is a tag. Comments and instructions are not held in memory.</summary>
    private int ToEnd(ReadOnlySpan<byte> bytes)
    {
        var end = _end!;
        var taken = 0;
        while (taken < bytes.Length)
        {
            var at = bytes[taken..].IndexOf((byte)'>');
            var upTo = at < 0 ? bytes.Length : taken + at;
            Remember(bytes[taken..upTo]);
            taken = upTo;
            if (at < 0) break;
            taken++;
            var isEnd = end.Length == 3 ? _last[1] == end[0] && _last[2] == end[1] : _last[2] == end[0];
            Remember(">"u8);
            if (!isEnd) continue;
            _end = null;
            break;
        }

        if (end == DataEnd) _since += taken;
        return taken;
    }

    /// <summary>Keeps the last characters.</summary>
    private void Remember(ReadOnlySpan<byte> bytes)
    {
        var last = bytes.Length > 16 ? bytes[^16..] : bytes;
        foreach (var b in last)
        {
            if (b == 0) continue;
            (_last[0], _last[1], _last[2]) = (_last[1], _last[2], b);
        }
    }
}

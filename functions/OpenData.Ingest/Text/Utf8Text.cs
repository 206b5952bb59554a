using System.Buffers;
using System.Text;
using System.Text.Unicode;
using OpenData.Ingest.Records;
using OpenData.Lake;

namespace OpenData.Ingest.Text;

/// <summary>
/// A text as UTF-8, whatever its encoding. What cannot be decoded becomes U+FFFD and a problem that names the bytes and where they are.
/// </summary>
internal sealed class Utf8Text : IDisposable
{
    private const int BlockSize = 1 << 16;

    /// <summary>What the decoder of CP949 makes of the bytes 80 and FF.</summary>
    private const char NoKorean80 = '\u0080', NoKoreanFF = '\uF8F7';

    private readonly Stream _source;
    private readonly ProblemLog _problems;
    private readonly bool _guessed, _decodes;
    private readonly Decoder _decoder;
    private byte[] _block = ArrayPool<byte>.Shared.Rent(BlockSize);
    private char[] _chars;
    private int _kept, _charsAt, _charsEnd;
    private long _position, _line = 1;
    private bool _atEnd;

    /// <summary>Opens a text.</summary>
    /// <param name="source">The bytes; disposed with this.</param>
    /// <param name="encoding">Their encoding.</param>
    /// <param name="guessed">True if a byte that is not of this encoding means that the encoding is another one: then
    /// <see cref="WrongEncodingException"/> is thrown.</param>
    /// <param name="problems">Takes what cannot be decoded.</param>
    public Utf8Text(Stream source, TextEncoding encoding, bool guessed, ProblemLog problems)
    {
        _source = encoding.IsMixed ? new MixedText(source, encoding, problems) : source;
        _problems = problems;
        _guessed = guessed;
        Encoding = encoding;
        _decodes = !encoding.IsUtf8 || !guessed || encoding.IsMixed;
        _chars = _decodes ? ArrayPool<char>.Shared.Rent(BlockSize + 16) : [];
        _decoder = (encoding.IsMixed ? TextEncoding.Utf8 : encoding).Encoding.GetDecoder();
        _decoder.Fallback = new NotingFallback(this);
        if (encoding.Alternatives.Count > 0) problems.Add(EncodingProblems.Uncertain(encoding));

        source.ReadExactly(new byte[encoding.MarkLength]);
        _position = encoding.MarkLength;
    }

    /// <summary>The encoding.</summary>
    public TextEncoding Encoding { get; }

    /// <summary>Reads whole characters in UTF-8; 0 at the end.</summary>
    /// <param name="target">Room for at least four bytes.</param>
    public int Read(Span<byte> target) => _decodes ? Decode(target) : ReadUtf8(target);

    /// <inheritdoc/>
    public void Dispose()
    {
        _source.Dispose();
        ArrayPool<byte>.Shared.Return(_block);
        ArrayPool<char>.Shared.Return(_chars);
        (_block, _chars) = ([], []);
    }

    /// <summary>Passes UTF-8 on as it is, having looked at every byte.</summary>
    private int ReadUtf8(Span<byte> target)
    {
        _block.AsSpan(0, _kept).CopyTo(target);
        var read = _source.ReadAtLeast(target[_kept..], 1, throwOnEndOfStream: false);
        var filled = _kept + read;
        var whole = read == 0 ? filled : Utf8Blocks.LastWhole(target[..filled]);
        if (!Utf8Check.IsValid(target[..whole])) throw new WrongEncodingException();

        _kept = filled - whole;
        target[whole..filled].CopyTo(_block);
        // A block may end within its only character: read on.
        return whole == 0 && filled > 0 ? ReadUtf8(target) : whole;
    }

    private int Decode(Span<byte> target)
    {
        var written = 0;
        while (target.Length - written >= 4)
        {
            if (_charsAt == _charsEnd)
            {
                if (written > 0 || !DecodeBlock()) break;

                continue;
            }

            Utf8.FromUtf16(
                _chars.AsSpan(_charsAt.._charsEnd),
                target[written..],
                out var charsRead,
                out var bytes,
                replaceInvalidSequences: true,
                isFinalBlock: _atEnd);
            _charsAt += charsRead;
            written += bytes;
            if (charsRead == 0)
            {
                // The first half of a pair: it waits for the second.
                _chars[0] = _chars[_charsAt];
                (_charsAt, _charsEnd) = (0, 1);
                if (!DecodeBlock(keep: 1)) break;
            }
        }

        return written;
    }

    private bool DecodeBlock(int keep = 0)
    {
        if (_atEnd) return false;

        var read = _source.Read(_block.AsSpan(0, BlockSize));
        _atEnd = read == 0;
        var noKorean = !Encoding.IsMixed
            && ReferenceEquals(Encoding.Encoding, TextEncoding.Cp949.Encoding) && NoteNoKorean(_block.AsSpan(0, read));
        var chars = _decoder.GetChars(_block.AsSpan(0, read), _chars.AsSpan(keep), flush: _atEnd);
        if (noKorean)
        {
            _chars.AsSpan(keep, chars).Replace(NoKorean80, '\uFFFD');
            _chars.AsSpan(keep, chars).Replace(NoKoreanFF, '\uFFFD');
        }

        _line += Breaks(_block.AsSpan(0, read));
        _position += read;
        _charsAt = 0;
        _charsEnd = keep + chars;
        return _charsEnd > 0 || !_atEnd;
    }

    /// <summary>
    /// Notes the bytes that CP949 has in no character. The decoder knows them all the same, as a control character and as one for private
    /// use, and would not say.
    /// </summary>
    private bool NoteNoKorean(ReadOnlySpan<byte> block)
    {
        var found = false;
        for (var at = 0; block[at..].IndexOfAny((byte)0x80, (byte)0xFF) is var next and >= 0; found = true)
        {
            at += next;
            Note([block[at]], at);
            at++;
        }

        return found;
    }

    /// <summary>Line breaks in a block; a file without line feeds has carriage returns.</summary>
    private static int Breaks(ReadOnlySpan<byte> block) => block.Count((byte)'\n') is > 0 and var feeds ? feeds : block.Count((byte)'\r');

    private void Note(byte[] bytes, int index)
    {
        if (_guessed && Encoding.IsUtf8) throw new WrongEncodingException();

        var offset = _position + index;
        _problems.Add(new Problem(
            "encoding-undecodable", Severity.Warning, $"The bytes {Convert.ToHexString(bytes)} are no character in {Encoding.Name}.",
            $"Save the file again in UTF-8, or declare its encoding in dataset.json.")
        {
            // Beyond what is kept, the line is not used.
            Line = _problems.Count < ProblemLog.Limit ? _line + Breaks(_block.AsSpan(0, Math.Max(0, index))) : _line,
            ByteOffset = offset,
            RawValue = Convert.ToHexString(bytes),
            Action = "The character U+FFFD stands in their place.",
        });
    }

    /// <summary>Notes what cannot be decoded and puts U+FFFD in its place.</summary>
    private sealed class NotingFallback(Utf8Text text) : DecoderFallback
    {
        public override int MaxCharCount => 1;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(text);

        private sealed class Buffer(Utf8Text text) : DecoderFallbackBuffer
        {
            private bool _pending;

            public override int Remaining => _pending ? 1 : 0;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                text.Note(bytesUnknown, index);
                return _pending = true;
            }

            public override char GetNextChar()
            {
                if (!_pending) return '\0';

                _pending = false;
                return '\uFFFD';
            }

            public override bool MovePrevious() => false;

            public override void Reset() => _pending = false;
        }
    }
}

/// <summary>
/// A guess at the encoding, made on the beginning of a file, does not hold further on. The whole file has to be looked at.
/// </summary>
internal sealed class WrongEncodingException() : Exception("The text is not in the encoding that its beginning suggested.");

/// <summary>Blocks of UTF-8.</summary>
internal static class Utf8Blocks
{
    /// <summary>The length without a character that the end of the block cuts.</summary>
    public static int LastWhole(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3 && back <= bytes.Length; back++)
        {
            var c = bytes[^back];
            if (c < 0x80) break;

            if (c >= 0xC0)
            {
                var length = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
                return back < length ? bytes.Length - back : bytes.Length;
            }
        }

        return bytes.Length;
    }
}

using System.Globalization;
using System.Text;
using OpenData.Ingest.Packing;
using OpenData.Ingest.Records;
using OpenData.Lake;

namespace OpenData.Ingest.Text;

/// <summary>
/// A text that was put together from one in UTF-8 and one in CP949, as UTF-8 throughout: each word is read in the encoding that it is in.
/// </summary>
/// <param name="source">The bytes; disposed with this.</param>
/// <param name="main">The encoding of most of its words.</param>
/// <param name="problems">Takes, at the end, one problem that names the lines of the other encoding.</param>
internal sealed class MixedText(Stream source, TextEncoding main, ProblemLog problems) : ReadOnlyStream
{
    private const int BlockBytes = 1 << 16, MostRanges = 10;

    private readonly byte[] _block = new byte[BlockBytes];
    private readonly MemoryStream _decoded = new();
    private readonly List<(long First, long Last)> _others = [];
    private WordEncoding _lately = main.IsUtf8 ? WordEncoding.Utf8 : WordEncoding.Cp949;
    private int _kept, _taken;
    private long _line = 1, _otherLines;
    private bool _atEnd;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (_taken == _decoded.Length && !_atEnd) DecodeBlock();
        var length = Math.Min(buffer.Length, (int)_decoded.Length - _taken);
        _decoded.GetBuffer().AsSpan(_taken, length).CopyTo(buffer);
        _taken += length;
        return length;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) source.Dispose();
        base.Dispose(disposing);
    }

    private void DecodeBlock()
    {
        var read = source.ReadAtLeast(_block.AsSpan(_kept), 1, throwOnEndOfStream: false);
        _atEnd = read == 0;
        var filled = _block.AsSpan(0, _kept + read);
        // A word that the end of the block cuts waits for its rest, unless it fills the block.
        var whole = _atEnd ? filled.Length : filled.LastIndexOfAny(Separators) + 1;
        if (whole == 0 && filled.Length == BlockBytes) whole = filled.Length;
        _decoded.SetLength(0);
        _taken = 0;
        Decode(filled[..whole]);
        filled[whole..].CopyTo(_block);
        _kept = filled.Length - whole;
        if (_atEnd && _otherLines > 0) Report();
    }

    private static System.Buffers.SearchValues<byte> Separators { get; } =
        System.Buffers.SearchValues.Create([.. Enumerable.Range(0, 0x80).Select(b => (byte)b).Where(b => !WordEvidence.IsOfWord(b))]);

    private void Decode(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            var next = text.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (next < 0) next = text.Length;
            var start = next;
            while (start > 0 && WordEvidence.IsOfWord(text[start - 1])) start--;
            _decoded.Write(text[..start]);
            _line += text[..start].Count((byte)'\n');
            var end = start;
            while (end < text.Length && WordEvidence.IsOfWord(text[end])) end++;
            if (end > start) DecodeWord(text[start..end]);
            text = text[end..];
        }
    }

    private void DecodeWord(ReadOnlySpan<byte> word)
    {
        var encoding = WordEvidence.Of(word);
        if (encoding is WordEncoding.Utf8 or WordEncoding.Cp949) _lately = encoding;
        if (_lately == WordEncoding.Cp949 != !main.IsUtf8) NoteOther();
        // what is no character is reported by who reads this
        if (encoding == WordEncoding.Unknown || _lately == WordEncoding.Utf8) _decoded.Write(word);
        else _decoded.Write(Encoding.UTF8.GetBytes(TextEncoding.Cp949.Encoding.GetString(word)));
    }

    private void NoteOther()
    {
        if (_others.Count > 0 && _others[^1].Last >= _line - 1)
        {
            _otherLines += _line - _others[^1].Last;
            _others[^1] = (_others[^1].First, _line);
            return;
        }

        _otherLines++;
        if (_others.Count <= MostRanges) _others.Add((_line, _line));
    }

    private void Report()
    {
        var other = main.IsUtf8 ? TextEncoding.Cp949 : TextEncoding.Utf8;
        var ranges = _others.Take(MostRanges).Select(range => range.First == range.Last
            ? range.First.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{range.First} to {range.Last}"));
        problems.Add(new Problem(
            "encoding-mixed",
            Severity.Warning,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The file is in {main.Name}, and {_otherLines} of its lines are in {other.Name}: "
                + $"{string.Join(", ", ranges)}{(_others.Count > MostRanges ? ", …" : "")}."),
            "Save the files in the same encoding, best in UTF-8, before you put them together.")
        {
            Line = _others[0].First,
            Action = "Each word was read in the encoding that it is in.",
        });
    }
}

using System.Text;
using OpenData.Ingest.Records;
using OpenData.Ingest.Text;

namespace OpenData.Ingest.Csv;

/// <summary>A text whose columns are set apart by spaces, seen as records.</summary>
/// <param name="content">The bytes.</param>
/// <param name="encoding">Their encoding.</param>
/// <param name="encodingGuessed">Whether another encoding is still possible; see <see cref="Utf8Text"/>.</param>
/// <param name="layout">How it is written.</param>
/// <param name="comment">What lines begin with that are comments; null if there are none.</param>
internal sealed class AlignedSource(
    SourceContent content, TextEncoding encoding, bool encodingGuessed, AlignedLayout layout, string? comment) : RecordSource
{
    private const int SampleBytes = 1 << 18;

    /// <inheritdoc/>
    public override string Format => "txt";

    /// <inheritdoc/>
    public override string? Encoding => encoding.Name;

    /// <summary>Finds out whether a text is written so, though another reading of it is possible; null if it is not.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="encoding">Their encoding.</param>
    /// <param name="encodingGuessed">Whether another encoding is still possible.</param>
    /// <param name="other">How it is written otherwise.</param>
    /// <param name="otherWidth">The cells that most records then have.</param>
    public static AlignedSource? Find(SourceContent content, TextEncoding encoding, bool encodingGuessed, Dialect other, int otherWidth)
    {
        using var text = new Utf8Text(content.Open(), encoding, encodingGuessed, new ProblemLog());
        var bytes = new byte[SampleBytes];
        var length = 0;
        while (SampleBytes - length >= 4 && text.Read(bytes.AsSpan(length)) is var read and > 0) length += read;

        // The last line may be cut.
        List<string> lines = [.. System.Text.Encoding.UTF8.GetString(bytes, 0, length).Split('\n').Select(line => line.TrimEnd('\r'))];
        if (SampleBytes - length < 4) lines.RemoveAt(lines.Count - 1);
        var (rows, comments) = (new List<string>(), new List<(long, string)>());
        for (var i = 0; i < lines.Count; i++)
        {
            if (other.Comment is not { } sign || !lines[i].StartsWith(sign, StringComparison.Ordinal)) rows.Add(lines[i]);
            else if (rows.Count == 0) comments.Add((i + 1, lines[i]));
        }

        // Another delimiter that the first line has as well says more than spaces do.
        var head = rows.Find(line => !string.IsNullOrWhiteSpace(line)) ?? "";
        if (otherWidth > 1 && other.Delimiter != " " && head.Contains(other.Delimiter, StringComparison.Ordinal)) return null;
        return AlignedLayout.Detect(rows, comments) is { } layout
            ? new AlignedSource(content, encoding, encodingGuessed, layout, other.Comment)
            : null;
    }

    /// <inheritdoc/>
    public override RecordReader Open(ProblemLog problems) => new Reader(
        new Utf8Text(content.Open(), encoding, encodingGuessed, problems), layout, comment, problems);

    private sealed class Reader(Utf8Text text, AlignedLayout layout, string? comment, ProblemLog log) : RecordReader
    {
        private const int LongestLine = 1 << 20;

        private readonly byte[] _buffer = new byte[LongestLine];
        private int _start, _end;
        private bool _atEnd;
        private long _line, _offset = text.Encoding.MarkLength, _next = text.Encoding.MarkLength;
        private List<byte[]> _cells = [];

        public override int Count => _cells.Count;

        public override long Line => _line;

        public override long ByteOffset => _offset;

        public override ReadOnlySpan<byte> Cell(int index) => _cells[index];

        public override bool Read()
        {
            while (NextLine() is { } line)
            {
                if (AlignedLine.IsRuler(line)) continue;
                if (_line == layout.HeaderComment)
                {
                    line = AlignedLine.WithoutSign(line);
                }
                else if (comment is not null && line.StartsWith(comment, StringComparison.Ordinal))
                {
                    Problems.Comment(_line, System.Text.Encoding.UTF8.GetBytes(line));
                    continue;
                }

                _cells = [.. layout.Split(line).Select(System.Text.Encoding.UTF8.GetBytes)];
                return true;
            }

            Problems.TellComments();
            return false;
        }

        private CsvProblems Problems => field ??= new CsvProblems(log, this);

        protected override void Dispose(bool disposing)
        {
            if (disposing) text.Dispose();
            base.Dispose(disposing);
        }

        private string? NextLine()
        {
            int length;
            while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n')) < 0 && !_atEnd)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
                if (_buffer.Length - _end < 4) throw CsvProblems.LineTooLong(_line + 1, LongestLine);
                var read = text.Read(_buffer.AsSpan(_end));
                _end += read;
                _atEnd = read == 0;
            }

            if (length < 0 && _end == _start) return null;
            var line = _buffer.AsSpan(_start, length < 0 ? _end - _start : length + 1);
            _line++;
            (_offset, _next) = (_next, _next + text.Encoding.SourceLength(line));
            _start += line.Length;
            return System.Text.Encoding.UTF8.GetString(line.TrimEnd("\r\n"u8));
        }
    }
}

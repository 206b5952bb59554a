using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;
using OpenData.Ingest.Text;

namespace OpenData.Ingest.Csv;

/// <summary>
/// Reads delimited UTF-8 text, record after record, out of one buffer. Strictly as the dialect says while that works; a record that does
/// not work (a quote that nothing closes, text after a closing quote, another delimiter) goes to <see cref="RecordRepair"/>, which reads its
/// lines in the way that gives the table's number of cells.
/// </summary>
internal sealed class CsvReader : RecordReader
{
    private const int BufferSize = 1 << 18;

    /// <summary>Bytes in which delimiters and line breaks are looked for at once.</summary>
    private const int Block = 64;

    /// <summary>A record longer than this has lost its closing quote. Once that has happened, less patience is shown.</summary>
    private const int LongestRecord = 1 << 24, LongestDoubtfulRecord = 1 << 16;

    private const byte CarriageReturn = (byte)'\r', LineFeed = (byte)'\n';

    private readonly Utf8Text _text;
    private readonly CsvProblems _problems;
    private readonly RecordRepair _repair;
    private readonly byte[] _delimiter;
    private readonly byte _first;
    private readonly int _quote, _backslash, _width;
    private readonly SearchValues<byte> _quoteEnds;

    /// <summary>Another quote than the dialect's, which is doubled inside the quoted cells all the same; or -1.</summary>
    private readonly int _doubled;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private int _filled, _next;
    private bool _atEnd;
    private int _patience = LongestRecord;

    /// <summary>Where the block begins that was looked at last, and which of its bytes may end a cell, a bit each.</summary>
    private int _marksAt = int.MinValue;
    private ulong _marks;

    private int[] _starts = new int[64], _ends = new int[64];
    private byte[] _recordDelimiter;
    private int _count, _recordStart;
    private long _line = 1, _recordLine = 1, _discardedSource;
    private bool _malformed, _escaped, _unfinished, _openQuote;
    private int _newlines;

    /// <summary>Opens a text.</summary>
    /// <param name="text">The bytes; the reader disposes it.</param>
    /// <param name="dialect">How it is written.</param>
    /// <param name="width">The number of cells that a record of the table has; 0 if that is not known, and is to be found out.</param>
    /// <param name="problems">Takes the deviations.</param>
    public CsvReader(Utf8Text text, Dialect dialect, int width, ProblemLog problems)
    {
        _text = text;
        _discardedSource = text.Encoding.MarkLength;
        _width = width;
        _delimiter = System.Text.Encoding.UTF8.GetBytes(dialect.Delimiter);
        _first = _delimiter[0];
        _quote = dialect.Quote ?? -1;
        _backslash = dialect.Escape == '\\' ? '\\' : -1;
        _doubled = dialect.Escape is '"' && dialect.Quote is not '"' ? '"' : -1;
        _recordDelimiter = _delimiter;
        _quoteEnds = SearchValues.Create(_backslash >= 0 ? [(byte)_quote, (byte)_backslash] : [(byte)_quote]);
        _problems = new CsvProblems(problems, this);
        _repair = new RecordRepair(_delimiter, _quote, _backslash);
    }

    /// <inheritdoc/>
    public override int Count => _count;

    /// <inheritdoc/>
    public override long Line => _recordLine;

    /// <inheritdoc/>
    public override long ByteOffset => _discardedSource + _text.Encoding.SourceLength(_buffer.AsSpan(0, _recordStart));

    /// <inheritdoc/>
    public override bool IsQuoted(int index) => _starts[index] > _recordStart && _buffer[_starts[index] - 1] == _quote;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Delimiter => _recordDelimiter;

    /// <inheritdoc/>
    public override bool MayBeSentence => _recordDelimiter is [(byte)' '] && !ReferenceEquals(_recordDelimiter, _delimiter);

    /// <summary>True if the current record did not follow the dialect.</summary>
    public bool Malformed { get; private set; }

    /// <summary>Cells of the current record that were enclosed in quotes.</summary>
    public int QuotedCells { get; private set; }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Cell(int index) => _buffer.AsSpan(_starts[index], _ends[index] - _starts[index]);

    /// <inheritdoc/>
    public override bool Read()
    {
        _recordStart = _next;
        _recordLine = _line;
        _recordDelimiter = _delimiter;
        Tokenize();
        while (_unfinished && !_atEnd && !(_openQuote && _next - _recordStart > _patience))
        {
            Fill();
            Tokenize();
        }

        if (_next == _recordStart)
        {
            _problems.TellNuls();
            return false;
        }

        Malformed = _malformed || _unfinished && _openQuote;
        var spaced = _width > 2 && _count > 1 && _delimiter.Length == 1 && _starts[1] < _next && _buffer[_starts[1]] == ' ';
        if (Malformed || spaced || _width > 1 && _count != _width && (_newlines > 0 || _count < _width))
            Repair(spaced);

        _line += _newlines + 1;
        if (_escaped || _doubled >= 0)
            Unescape();

        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _text.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        base.Dispose(disposing);
    }

    /// <summary>
    /// Finds the cells of the record at <see cref="_recordStart"/>. Leaves <see cref="_unfinished"/> set if the buffer ended first.
    /// </summary>
    private void Tokenize()
    {
        _count = 0;
        QuotedCells = 0;
        _malformed = _escaped = _unfinished = _openQuote = false;
        _newlines = 0;
        var buffer = _buffer.AsSpan(0, _filled);
        var at = _recordStart;
        while (true)
        {
            if (at < buffer.Length && buffer[at] == _quote)
            {
                var close = FindClosingQuote(buffer, at + 1);
                if (close < 0)
                {
                    _openQuote = true;
                    Stop(buffer.Length);
                    return;
                }

                QuotedCells++;
                AddCell(at + 1, close);
                at = close + 1;
            }
            else
            {
                // Mostly the end is known already: cells are short, and what was found in a block of 64 bytes serves all cells in it.
                var marks = (uint)(at - _marksAt) < Block ? _marks >> (at - _marksAt) : 0;
                var end = marks != 0 && _delimiter.Length == 1 ? at + BitOperations.TrailingZeroCount(marks) : FindCellEnd(buffer, at);
                AddCell(at, end);
                at = end;
            }

            if (at >= buffer.Length)
            {
                Stop(buffer.Length);
                return;
            }

            if (buffer[at] == _first)
            {
                at += _delimiter.Length;
                continue;
            }

            if (buffer[at] == CarriageReturn)
            {
                if (at + 1 == buffer.Length && !_atEnd)
                {
                    Stop(buffer.Length);
                    return;
                }

                if (at + 1 < buffer.Length && buffer[at + 1] == LineFeed)
                    at++;
            }

            _next = at + 1;
            return;
        }
    }

    /// <summary>Ends the record at the buffer's end: it is whole only if the text ends there too.</summary>
    private void Stop(int end)
    {
        _next = end;
        _unfinished = true;
    }

    /// <summary>The position of the delimiter or line break that ends an unquoted cell.</summary>
    private int FindCellEnd(ReadOnlySpan<byte> buffer, int from)
    {
        while (true)
        {
            from = FindMark(buffer, from);
            if (from == buffer.Length || _delimiter.Length == 1 || buffer[from] != _first || IsDelimiter(buffer, from))
                return from;

            from++;
        }
    }

    /// <summary>The position of the next byte that may end a cell, or the buffer's end.</summary>
    private int FindMark(ReadOnlySpan<byte> buffer, int from)
    {
        if ((uint)(from - _marksAt) < Block)
        {
            var marks = _marks >> (from - _marksAt);
            if (marks != 0)
                return from + BitOperations.TrailingZeroCount(marks);

            from = _marksAt + Block;
        }

        for (; from + Block <= buffer.Length; from += Block)
        {
            (_marksAt, _marks) = (from, MarksIn(buffer[from..]) | ((ulong)MarksIn(buffer[(from + Block / 2)..]) << (Block / 2)));
            if (_marks != 0)
                return from + BitOperations.TrailingZeroCount(_marks);
        }

        var found = buffer[from..].IndexOfAny(_first, CarriageReturn, LineFeed);
        return found < 0 ? buffer.Length : from + found;
    }

    /// <summary>Which of the first 32 bytes may end a cell, a bit each.</summary>
    private uint MarksIn(ReadOnlySpan<byte> bytes)
    {
        var vector = Vector256.Create(bytes);
        var marks = Vector256.Equals(vector, Vector256.Create(_first)) | Vector256.Equals(vector, Vector256.Create(CarriageReturn)) | Vector256.Equals(vector, Vector256.Create(LineFeed));
        return marks.ExtractMostSignificantBits();
    }

    /// <summary>The position of the quote that ends a quoted cell, or -1. A quote that neither ends a cell nor is doubled belongs to the text.</summary>
    private int FindClosingQuote(ReadOnlySpan<byte> buffer, int from)
    {
        var start = from;
        while (true)
        {
            var found = buffer[from..].IndexOfAny(_quoteEnds);
            if (found < 0)
                return -1;

            from += found;
            if (buffer[from] == _backslash && _backslash >= 0)
            {
                _escaped |= from + 1 < buffer.Length && buffer[from + 1] == _quote;
                from += 2;
                if (from > buffer.Length)
                    return -1;

                continue;
            }

            if (from + 1 == buffer.Length)
            {
                // Only at the very end is this surely the closing one.
                if (!_atEnd)
                    return -1;
            }
            else if (buffer[from + 1] == _quote)
            {
                _escaped = true;
                from += 2;
                continue;
            }
            else if (!EndsCell(buffer, from + 1))
            {
                _malformed = true;
                from++;
                continue;
            }

            _newlines += Lines.Count(buffer[start..from]);
            return from;
        }
    }

    private bool EndsCell(ReadOnlySpan<byte> buffer, int at) =>
        buffer[at] is CarriageReturn or LineFeed || buffer[at] == _first && (_delimiter.Length == 1 || IsDelimiter(buffer, at));

    private bool IsDelimiter(ReadOnlySpan<byte> buffer, int at) => buffer[at..].StartsWith(_delimiter);

    private void AddCell(int start, int end)
    {
        if (_count == _starts.Length)
        {
            Array.Resize(ref _starts, _count * 2);
            Array.Resize(ref _ends, _count * 2);
        }

        _starts[_count] = start;
        _ends[_count++] = end;
    }

    /// <summary>Moves the unfinished record to the front of the buffer, makes room, and reads on.</summary>
    private void Fill()
    {
        var kept = _filled - _recordStart;
        if (_recordStart > 0)
        {
            _discardedSource += _text.Encoding.SourceLength(_buffer.AsSpan(0, _recordStart));
            _buffer.AsSpan(_recordStart, kept).CopyTo(_buffer);
            _recordStart = 0;
        }

        if (kept > LongestRecord)
            throw CsvProblems.LineTooLong(_recordLine, LongestRecord);

        if (kept > _buffer.Length / 2)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, kept).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var read = _text.Read(_buffer.AsSpan(kept));
        _marksAt = int.MinValue;
        _atEnd = read == 0;
        _filled = kept + read;
        NoteNuls(kept);
    }

    /// <summary>Notes the NUL characters from a position of the buffer on.</summary>
    private void NoteNuls(int from)
    {
        while (_buffer.AsSpan(from, _filled - from).IndexOf((byte)0) is var found and >= 0)
        {
            from += found;
            if (!_problems.WantsNuls)
            {
                _problems.Nuls(_buffer.AsSpan(from, _filled - from).Count((byte)0));
                return;
            }

            _problems.Nul(_line + Lines.Count(_buffer.AsSpan(_recordStart, from - _recordStart)), _discardedSource + _text.Encoding.SourceLength(_buffer.AsSpan(0, from)));
            from++;
        }
    }

    /// <summary>Reads the record in another way, if there is a better one.</summary>
    private void Repair(bool spaced)
    {
        var strictEnd = _next;
        if (_next - _recordStart > _patience)
            _patience = LongestDoubtfulRecord;

        var text = _buffer.AsSpan(_recordStart, Math.Min(strictEnd - _recordStart, LongestDoubtfulRecord));
        if (_repair.TryRead(text, _width, Malformed, spaced, strictCount: _count, wholeIsText: strictEnd == _filled && _atEnd) is not { } repaired)
        {
            if (Malformed)
                _problems.StrayQuote();

            return;
        }

        _count = 0;
        foreach (var (start, end) in repaired.Cells)
            AddCell(_recordStart + start, _recordStart + end);

        _escaped = repaired.Escaped;
        _newlines = repaired.Newlines;
        _next = _recordStart + repaired.Length;
        if (repaired.Delimiter is { } other)
            _recordDelimiter = System.Text.Encoding.UTF8.GetBytes(other);

        _problems.Repaired(repaired);
    }

    /// <summary>Takes doubling and backslashes out of the quoted cells, in place: the buffer before <see cref="_next"/> is this record's own.</summary>
    private void Unescape()
    {
        for (var i = 0; i < _count; i++)
        {
            if (!IsQuoted(i))
                continue;

            var cell = _buffer.AsSpan(_starts[i], _ends[i] - _starts[i]);
            var to = _doubled < 0 ? cell.IndexOfAny(_quoteEnds) : cell.IndexOfAny((byte)_quote, (byte)_doubled);
            if (to < 0)
                continue;

            for (var from = to; from < cell.Length; from++)
            {
                // A quote or a backslash before a quote stands for that quote.
                if (from + 1 < cell.Length
                    && ((cell[from] == _quote || cell[from] == _backslash) && cell[from + 1] == _quote || cell[from] == _doubled && cell[from + 1] == _doubled))
                {
                    from++;
                }

                cell[to++] = cell[from];
            }

            _ends[i] = _starts[i] + to;
            // What was taken out keeps its place behind the cell, so that byte offsets can still be counted.
            cell[to..].Fill((byte)_quote);
        }
    }
}

/// <summary>Counting of line breaks.</summary>
internal static class Lines
{
    /// <summary>How many line breaks there are: LF, CR, or CR LF as one.</summary>
    public static int Count(ReadOnlySpan<byte> text)
    {
        var lines = 0;
        while (text.IndexOfAny((byte)'\r', (byte)'\n') is var at and >= 0)
        {
            lines++;
            var both = text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n';
            text = text[(at + (both ? 2 : 1))..];
        }

        return lines;
    }
}

using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;
using OpenData.Ingest.Records;
using OpenData.Ingest.Text;

namespace OpenData.Ingest.Csv;

/// <summary>
/// Reads delimited UTF-8 text, record after record, out of one buffer. Strictly as the dialect says while that works; a record that does
/// not work (a quote that nothing closes, text after a closing quote, another delimiter) goes to <see cref="RecordRepair"/>, which reads
/// its lines in the way that gives the table's number of cells.
/// </summary>
internal sealed class CsvReader : RecordReader, IBatchReader
{
    private const int BufferSize = 1 << 18;

    /// <summary>
    /// Bytes in which delimiters, quotes and line breaks are looked for at once; the buffer is longer than the text by so many.
    /// </summary>
    private const int Block = 64;

    /// <summary>A record longer than this has lost its closing quote. Once that has happened, less patience is shown.</summary>
    private const int LongestRecord = 1 << 24, LongestDoubtfulRecord = 1 << 16;

    private const byte CarriageReturn = (byte)'\r', LineFeed = (byte)'\n';

    private readonly Utf8Text _text;
    private readonly CsvProblems _problems;
    private readonly RecordRepair _repair;
    private readonly byte[] _delimiter, _comment;
    private readonly byte _first;
    private readonly int _quote, _backslash, _width;
    private readonly SearchValues<byte> _quoteEnds;

    /// <summary>Another quote than the dialect's, which is doubled inside the quoted cells all the same; or -1.</summary>
    private readonly int _doubled;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private int _filled = RowBatch.Margin, _next = RowBatch.Margin;
    private bool _atEnd;
    private int _patience = LongestRecord;

    /// <summary>
    /// Where the block begins that was looked at last, and which of its bytes may end a cell and which are quotes, a bit each.
    /// </summary>
    private int _blockAt = int.MinValue;
    private ulong _marks, _quotes;

    private CellPlace[] _cells = new CellPlace[64];
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
        _comment = System.Text.Encoding.UTF8.GetBytes(dialect.Comment ?? "");
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
    public override long ByteOffset => OffsetOf(_recordStart);

    /// <inheritdoc/>
    public override bool IsQuoted(int index) => _cells[index].Start > _recordStart && _buffer[_cells[index].Start - 1] == _quote;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Delimiter => _recordDelimiter;

    /// <inheritdoc/>
    public override bool MayBeSentence => _recordDelimiter is [(byte)' '] && !ReferenceEquals(_recordDelimiter, _delimiter);

    /// <summary>True if the current record did not follow the dialect.</summary>
    public bool Malformed { get; private set; }

    /// <summary>Cells of the current record that were enclosed in quotes.</summary>
    public int QuotedCells { get; private set; }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Cell(int index) => _cells[index].In(_buffer);

    /// <summary>
    /// Reads records for as long as there is nothing to mend or to judge in them: each as the dialect says, with the table's number of
    /// cells, and whole in the buffer. What comes next is left to <see cref="Read()"/>.
    /// </summary>
    public void Read(RowBatch batch)
    {
        batch.Begin(_buffer);
        while (_width == batch.Width && !batch.IsFull)
        {
            _recordStart = _next;
            if (IsComment(_next) || !Tokenize(batch.Room) || _count != _width || _unfinished || _malformed || _escaped || _doubled >= 0
                && QuotedCells > 0 || IsSpaced(batch.Room))
            {
                _next = _recordStart;
                break;
            }

            batch.AddRow(_line, _recordStart);
            _line += _newlines + 1;
        }
    }

    /// <summary>Takes rows of the batch that was read last back, from one on: they are read again.</summary>
    public void TakeBack(RowBatch batch, int fromRow)
    {
        (_line, var start) = batch.PlaceOf(fromRow);
        _next = (int)start;
        batch.Shorten(fromRow);
    }

    /// <summary>The byte offset in the file of a place in the buffer.</summary>
    public long OffsetOf(int at) => _discardedSource + _text.Encoding.SourceLength(_buffer.AsSpan(RowBatch.Margin, at - RowBatch.Margin));

    /// <inheritdoc/>
    public override bool Read()
    {
        SkipComments();
        _recordStart = _next;
        _recordLine = _line;
        _recordDelimiter = _delimiter;
        TokenizeRecord();
        while (_unfinished && !_atEnd && !(_openQuote && _next - _recordStart > _patience))
        {
            Fill();
            TokenizeRecord();
        }

        if (_next == _recordStart)
        {
            _problems.TellNuls();
            _problems.TellComments();
            return false;
        }

        Malformed = _malformed || _unfinished && _openQuote;
        var spaced = IsSpaced(_cells);
        if (Malformed || spaced || _width > 1 && _count != _width && (_newlines > 0 || _count < _width)) Repair(spaced);

        _line += _newlines + 1;
        if (_escaped || _doubled >= 0) Unescape();

        return true;
    }

    private bool IsComment(int at) => _comment.Length > 0 && _buffer.AsSpan(at, _filled - at).StartsWith(_comment);

    /// <summary>Skips lines that begin with the comment sign, whatever else they hold.</summary>
    private void SkipComments()
    {
        while (_comment.Length > 0)
        {
            _recordStart = _next;
            if (_filled - _next < _comment.Length && !_atEnd) Fill();
            if (!IsComment(_recordStart)) return;
            int end;
            while ((end = _buffer.AsSpan(_recordStart, _filled - _recordStart).IndexOf(LineFeed)) < 0 && !_atEnd) Fill();
            var length = end < 0 ? _filled - _recordStart : end + 1;
            _problems.Comment(_line, _buffer.AsSpan(_recordStart, length));
            _next = _recordStart + length;
            _line++;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _text.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        base.Dispose(disposing);
    }

    /// <summary>Whether a space follows the first delimiter: all of this record's delimiters may have one.</summary>
    private bool IsSpaced(ReadOnlySpan<CellPlace> cells) =>
        _width > 2 && _count > 1 && _delimiter.Length == 1 && cells[1].Start < _next && _buffer[cells[1].Start] == ' ';

    /// <summary>Finds the cells of the record at <see cref="_recordStart"/>, however many they are.</summary>
    private void TokenizeRecord()
    {
        while (!Tokenize(_cells))
        {
            if (_cells.Length > DialectDetection.SampleBytes) throw TableLimits.TooManyColumns(_cells.Length, Line);
            Array.Resize(ref _cells, _cells.Length * 2);
        }
    }

    /// <summary>
    /// Finds the cells of the record at <see cref="_recordStart"/>. Leaves <see cref="_unfinished"/> set if the buffer ended first. False
    /// if there are more cells than room for them.
    /// </summary>
    private bool Tokenize(Span<CellPlace> cells)
    {
        _count = 0;
        QuotedCells = 0;
        _malformed = _escaped = _unfinished = _openQuote = false;
        _newlines = 0;
        var buffer = _buffer.AsSpan(0, _filled);
        var at = _recordStart;
        for (var count = 0; ;)
        {
            int start, end;
            if (at < buffer.Length && buffer[at] == _quote)
            {
                start = at + 1;
                end = FindClosingQuote(buffer, start);
                if (end < 0)
                {
                    _openQuote = true;
                    Stop(buffer.Length, count);
                    return true;
                }

                QuotedCells++;
                at = end + 1;
            }
            else
            {
                // Mostly the end is known already: cells are short, and what was found in a block of 64 bytes serves all cells in it.
                var marks = (uint)(at - _blockAt) < Block ? _marks >> (at - _blockAt) : 0;
                start = at;
                end = at = marks != 0 && _delimiter.Length == 1 ? at + BitOperations.TrailingZeroCount(marks) : FindCellEnd(buffer, at);
            }

            if (count == cells.Length) return false;

            cells[count++] = new CellPlace(start, end - start);
            if (at >= buffer.Length)
            {
                Stop(buffer.Length, count);
                return true;
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
                    Stop(buffer.Length, count);
                    return true;
                }

                if (at + 1 < buffer.Length && buffer[at + 1] == LineFeed) at++;
            }

            (_next, _count) = (at + 1, count);
            return true;
        }
    }

    /// <summary>Ends the record at the buffer's end: it is whole only if the text ends there too.</summary>
    private void Stop(int end, int count)
    {
        (_next, _count) = (end, count);
        _unfinished = true;
    }

    /// <summary>The position of the delimiter or line break that ends an unquoted cell.</summary>
    private int FindCellEnd(ReadOnlySpan<byte> buffer, int from)
    {
        while (true)
        {
            from = FindMark(buffer, from);
            if (from == buffer.Length || _delimiter.Length == 1 || buffer[from] != _first || IsDelimiter(buffer, from)) return from;

            from++;
        }
    }

    /// <summary>The position of the next byte that may end a cell, or the buffer's end.</summary>
    private int FindMark(ReadOnlySpan<byte> buffer, int from)
    {
        for (; from < buffer.Length; from = _blockAt + Block)
        {
            Look(from);
            if (_marks >> (from - _blockAt) is var marks and not 0) return from + BitOperations.TrailingZeroCount(marks);
        }

        return buffer.Length;
    }

    /// <summary>The position of the next quote, or -1.</summary>
    private int FindQuote(ReadOnlySpan<byte> buffer, int from)
    {
        for (; from < buffer.Length; from = _blockAt + Block)
        {
            Look(from);
            if (_quotes >> (from - _blockAt) is var quotes and not 0) return from + BitOperations.TrailingZeroCount(quotes);
        }

        return -1;
    }

    /// <summary>Looks at the block of bytes that begins at a position of the text, unless that lies in the last one.</summary>
    private void Look(int from)
    {
        if ((uint)(from - _blockAt) < Block) return;

        const int half = Block / 2;
        var (first, second) = (Vector256.Create(_buffer.AsSpan(from)), Vector256.Create(_buffer.AsSpan(from + half)));
        _blockAt = from;
        _marks = Marks(first) | ((ulong)Marks(second) << half);
        _quotes = Quotes(first) | ((ulong)Quotes(second) << half);
        if (_filled - from < Block)
        {
            // Bytes past the end of the text are left over from an earlier read.
            var text = (1ul << (_filled - from)) - 1;
            _marks &= text;
            _quotes &= text;
        }

        uint Marks(Vector256<byte> bytes) =>
            (Vector256.Equals(bytes, Vector256.Create(_first))
                | Vector256.Equals(bytes, Vector256.Create(CarriageReturn)) | Vector256.Equals(bytes, Vector256.Create(LineFeed)))
                .ExtractMostSignificantBits();

        uint Quotes(Vector256<byte> bytes) => Vector256.Equals(bytes, Vector256.Create((byte)_quote)).ExtractMostSignificantBits();
    }

    /// <summary>
    /// The position of the quote that ends a quoted cell, or -1. A quote that neither ends a cell nor is doubled belongs to the text.
    /// </summary>
    private int FindClosingQuote(ReadOnlySpan<byte> buffer, int from)
    {
        var start = from;
        while (true)
        {
            if (_backslash < 0) from = FindQuote(buffer, from);
            else if (buffer[from..].IndexOfAny(_quoteEnds) is var found and >= 0) from += found;
            else from = -1;

            if (from < 0) return -1;

            if (buffer[from] == _backslash)
            {
                _escaped |= from + 1 < buffer.Length && buffer[from + 1] == _quote;
                from += 2;
                if (from > buffer.Length) return -1;

                continue;
            }

            if (from + 1 == buffer.Length)
            {
                // Only at the very end is this surely the closing one.
                if (!_atEnd) return -1;
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

    /// <summary>Moves the unfinished record to the front of the buffer, makes room, and reads on.</summary>
    private void Fill()
    {
        var kept = _filled - _recordStart;
        _discardedSource = OffsetOf(_recordStart);
        _buffer.AsSpan(_recordStart, kept).CopyTo(_buffer.AsSpan(RowBatch.Margin));
        (_recordStart, _next) = (RowBatch.Margin, RowBatch.Margin);

        if (kept > LongestRecord) throw CsvProblems.LineTooLong(_recordLine, LongestRecord);

        if (kept > _buffer.Length / 2)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _recordStart + kept).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var end = _recordStart + kept;
        var read = _text.Read(_buffer.AsSpan(end, _buffer.Length - end - Block));
        _blockAt = int.MinValue;
        _atEnd = read == 0;
        _filled = end + read;
        NoteNuls(end);
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

            _problems.Nul(_line + Lines.Count(_buffer.AsSpan(_recordStart, from - _recordStart)), OffsetOf(from));
            from++;
        }
    }

    /// <summary>Reads the record in another way, if there is a better one.</summary>
    private void Repair(bool spaced)
    {
        var strictEnd = _next;
        if (_next - _recordStart > _patience) _patience = LongestDoubtfulRecord;

        var text = _buffer.AsSpan(_recordStart, Math.Min(strictEnd - _recordStart, LongestDoubtfulRecord));
        if (_repair.TryRead(
            text, _width, Malformed, spaced, strictCount: _count, wholeIsText: strictEnd == _filled && _atEnd) is not { } repaired)
        {
            if (Malformed) _problems.StrayQuote();

            return;
        }

        _count = repaired.Cells.Count;
        if (_cells.Length < _count) _cells = new CellPlace[_count];

        for (var i = 0; i < _count; i++)
        {
            _cells[i] = new CellPlace(_recordStart + repaired.Cells[i].Start, repaired.Cells[i].End - repaired.Cells[i].Start);
        }

        _escaped = repaired.Escaped;
        _newlines = repaired.Newlines;
        _next = _recordStart + repaired.Length;
        if (repaired.Delimiter is { } other) _recordDelimiter = System.Text.Encoding.UTF8.GetBytes(other);

        _problems.Repaired(repaired);
    }

    /// <summary>
    /// Takes doubling and backslashes out of the quoted cells, in place: the buffer before <see cref="_next"/> is this record's own.
    /// </summary>
    private void Unescape()
    {
        for (var i = 0; i < _count; i++)
        {
            if (!IsQuoted(i)) continue;

            var cell = _buffer.AsSpan(_cells[i].Start, _cells[i].Length);
            var to = _doubled < 0 ? cell.IndexOfAny(_quoteEnds) : cell.IndexOfAny((byte)_quote, (byte)_doubled);
            if (to < 0) continue;

            for (var from = to; from < cell.Length; from++)
            {
                // A quote or a backslash before a quote stands for that quote.
                if (from + 1 < cell.Length
                    && ((cell[from] == _quote || cell[from] == _backslash) && cell[from + 1] == _quote
                        || cell[from] == _doubled && cell[from + 1] == _doubled))
                {
                    from++;
                }

                cell[to++] = cell[from];
            }

            _cells[i] = new CellPlace(_cells[i].Start, to);
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

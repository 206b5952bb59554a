using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OpenData.Ingest.Csv;

/// <summary>
/// Finds delimiters, line breaks and quotes in blocks of 64 bytes, and keeps the result of the last block as bit masks: cells are short, so that one
/// block serves all cells that begin in it.
/// </summary>
/// <param name="delimiter">The first byte of the delimiter.</param>
/// <param name="quote">The quote.</param>
internal struct MarkScanner(byte delimiter, byte quote)
{
    /// <summary>Bytes of a block. So many bytes must be readable behind the text in the buffer.</summary>
    public const int Block = 64;

    private int _blockAt = int.MinValue;
    private ulong _marks, _quotes;

    /// <summary>Forgets the last block: the buffer's content has moved.</summary>
    public void Forget() => _blockAt = int.MinValue;

    /// <summary>
    /// The bytes from a position on that may end a cell, a bit each beginning with the lowest, as far as the last block reaches; 0 if it holds none
    /// or the position lies in another block.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ulong KnownMarks(int at) => (uint)(at - _blockAt) < Block ? _marks >> (at - _blockAt) : 0;

    /// <summary>The position of the next byte that may end a cell (a delimiter's first byte or a line break), or the text's end.</summary>
    /// <param name="buffer">Holds the text.</param>
    /// <param name="filled">Where the text ends.</param>
    /// <param name="from">Where to begin.</param>
    public int FindMark(byte[] buffer, int filled, int from)
    {
        for (; from < filled; from = _blockAt + Block)
        {
            Scan(buffer, filled, from);
            if (_marks >> (from - _blockAt) is var marks and not 0) return from + BitOperations.TrailingZeroCount(marks);
        }

        return filled;
    }

    /// <summary>The position of the next quote, or -1.</summary>
    /// <inheritdoc cref="FindMark"/>
    public int FindQuote(byte[] buffer, int filled, int from)
    {
        for (; from < filled; from = _blockAt + Block)
        {
            Scan(buffer, filled, from);
            if (_quotes >> (from - _blockAt) is var quotes and not 0) return from + BitOperations.TrailingZeroCount(quotes);
        }

        return -1;
    }

    /// <summary>Scans the block that begins at a position, unless the position lies in the last one.</summary>
    private void Scan(byte[] buffer, int filled, int from)
    {
        if ((uint)(from - _blockAt) < Block) return;

        const int half = Block / 2;
        var (first, second) = (Vector256.Create(buffer.AsSpan(from)), Vector256.Create(buffer.AsSpan(from + half)));
        _blockAt = from;
        _marks = Marks(first, delimiter) | ((ulong)Marks(second, delimiter) << half);
        _quotes = Quotes(first, quote) | ((ulong)Quotes(second, quote) << half);
        if (filled - from >= Block) return;

        // Bytes behind the end of the text are left over from earlier reads of the buffer.
        var text = (1ul << (filled - from)) - 1;
        _marks &= text;
        _quotes &= text;
    }

    private static uint Marks(Vector256<byte> bytes, byte delimiter) =>
        (Vector256.Equals(bytes, Vector256.Create(delimiter))
            | Vector256.Equals(bytes, Vector256.Create((byte)'\r'))
            | Vector256.Equals(bytes, Vector256.Create((byte)'\n')))
            .ExtractMostSignificantBits();

    private static uint Quotes(Vector256<byte> bytes, byte quote) => Vector256.Equals(bytes, Vector256.Create(quote)).ExtractMostSignificantBits();
}

using System.Buffers;

namespace OpenData.Ingest.Csv;

/// <summary>How quotes inside quoted cells are written: doubled, behind a backslash, or as another doubled sign.</summary>
/// <param name="quote">The quote.</param>
/// <param name="backslash">The backslash where it escapes a quote; otherwise -1.</param>
/// <param name="doubled">Another sign that is doubled inside quoted cells; otherwise -1.</param>
internal sealed class QuoteEscapes(int quote, int backslash, int doubled)
{
    private readonly SearchValues<byte> _ends = SearchValues.Create(backslash >= 0 ? [(byte)quote, (byte)backslash] : [(byte)quote]);

    /// <summary>The position of the first quote or escaping backslash, or -1.</summary>
    public int IndexOfEnd(ReadOnlySpan<byte> text) => text.IndexOfAny(_ends);

    /// <summary>
    /// Takes the escapes out of a cell, in place, and returns its new length. The bytes that become free are filled with quotes, so that byte offsets
    /// can still be counted.
    /// </summary>
    public int Remove(Span<byte> cell)
    {
        var to = doubled < 0 ? IndexOfEnd(cell) : cell.IndexOfAny((byte)quote, (byte)doubled);
        if (to < 0) return cell.Length;

        for (var from = to; from < cell.Length; from++)
        {
            // A quote or a backslash before a quote stands for that quote.
            var next = from + 1 < cell.Length ? cell[from + 1] : -1;
            if (next == quote && (cell[from] == quote || cell[from] == backslash) || next >= 0 && next == doubled && cell[from] == doubled) from++;
            cell[to++] = cell[from];
        }

        cell[to..].Fill((byte)quote);
        return to;
    }
}

using System.Text;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Workbooks;

/// <summary>The cells of one row of a sheet; cells without a value, and those behind the last one that has any, are absent.</summary>
internal sealed class RowCells
{
    private readonly ByteArena _arena = new();
    private (int Start, int Length)[] _cells = new (int, int)[64];

    /// <summary>The cells up to the last one that has a value.</summary>
    public int Count { get; private set; }

    /// <summary>A cell's text.</summary>
    public ReadOnlySpan<byte> Text(int column) => _arena.Slice(_cells[column].Start, _cells[column].Length);

    /// <summary>Whether a cell has no value.</summary>
    public bool IsAbsent(int column) => _cells[column].Length == 0;

    /// <summary>Begins with a row.</summary>
    public void Clear()
    {
        _arena.Clear();
        Count = 0;
    }

    /// <summary>
    /// Gives a row the values of cells above it that are merged with its own, and keeps those that hold for rows below it.
    /// </summary>
    public void FillMerged(MergedCells.Rows rows, long row)
    {
        foreach (var (column, text) in rows.Above(row))
        {
            if (column >= Count || IsAbsent(column)) Put(column, Encoding.UTF8.GetString(text));
        }

        foreach (var range in rows.BeginningAt(row)) rows.Keep(range, range.Column < Count ? Text(range.Column) : default);
    }

    /// <summary>Puts a text into a cell; the empty text looks to people as an empty cell does.</summary>
    public void Put(int column, string? text)
    {
        if (string.IsNullOrEmpty(text)) return;
        var start = _arena.Length;
        _arena.Append(text);
        if (column >= _cells.Length) Array.Resize(ref _cells, Math.Max(2 * _cells.Length, column + 1));
        if (column >= Count)
        {
            Array.Clear(_cells, Count, column - Count);
            Count = column + 1;
        }

        _cells[column] = (start, _arena.Length - start);
    }
}

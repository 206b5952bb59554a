using OpenData.Ingest.Records;

namespace OpenData.Ingest.Workbooks;

/// <summary>The rows of a sheet that lie in a range, each with the cells that lie in it.</summary>
/// <param name="rows">The sheet's rows; disposed with this.</param>
/// <param name="range">The range.</param>
internal sealed class SheetRangeReader(RecordReader rows, SheetRange range) : RecordReader
{
    /// <inheritdoc/>
    public override int Count => Math.Max(0, Math.Min(rows.Count, (range.LastColumn ?? int.MaxValue - 1) + 1) - range.FirstColumn);

    /// <inheritdoc/>
    public override long Line => rows.Line;

    /// <inheritdoc/>
    public override long ByteOffset => -1;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Cell(int index) => rows.Cell(range.FirstColumn + index);

    /// <inheritdoc/>
    public override bool IsAbsent(int index) => index >= Count || rows.IsAbsent(range.FirstColumn + index);

    /// <inheritdoc/>
    public override bool Read()
    {
        while (rows.Read())
        {
            if (rows.Line < range.FirstRow) continue;
            if (!(rows.Line > range.LastRow)) return true;
        }

        return false;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) rows.Dispose();
        base.Dispose(disposing);
    }
}

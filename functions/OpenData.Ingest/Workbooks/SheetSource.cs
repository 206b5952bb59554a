using OpenData.Ingest.Records;

namespace OpenData.Ingest.Workbooks;

/// <summary>One sheet of a workbook, or a part of it, seen as records.</summary>
/// <param name="book">The workbook; not disposed with this.</param>
/// <param name="sheet">The sheet's place in the workbook.</param>
/// <param name="range">The part of it; null for all of it.</param>
internal sealed class SheetSource(SheetBook book, int sheet, SheetRange? range) : RecordSource
{
    /// <inheritdoc/>
    public override string Format => book.Format;

    /// <inheritdoc/>
    public override bool EndsWithLastCell => true;

    /// <inheritdoc/>
    public override RecordReader Open(ProblemLog problems)
    {
        var rows = book.Open(sheet, problems);
        return range is null ? rows : new SheetRangeReader(rows, range);
    }

    /// <inheritdoc/>
    public override bool TakeNews() => book.MergedIn(sheet).TakeNews();
}

using System.Globalization;

namespace OpenData.Ingest.Workbooks;

/// <summary>
/// The ranges of a sheet that are merged over several rows: the sheet says that the value of the first cell holds in each of them. Formats
/// that write them behind the rows make them known only at the end of the first reading.
/// </summary>
internal sealed class MergedCells
{
    /// <summary>More ranges than this are a damaged file: programs allow 65,490.</summary>
    private const int MostRanges = 1_000_000;

    private List<Range> _ranges = [];
    private bool _isNews;

    /// <summary>Whether a sheet was read to where it says which cells are merged.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Whether any cells are merged over several rows.</summary>
    public bool IsAny => _ranges.Count > 0;

    /// <summary>Takes the ranges that were found at the end of a reading.</summary>
    public void Learn(List<Range> ranges)
    {
        if (IsKnown) return;
        IsKnown = true;
        _isNews = ranges.Count > 0;
        _ranges = [.. ranges.OrderBy(range => range.First)];
    }

    /// <summary>Whether ranges became known since this was asked: rows that were read before lack values.</summary>
    public bool TakeNews()
    {
        var isNews = _isNews;
        _isNews = false;
        return isNews;
    }

    /// <summary>Begins with the first row.</summary>
    public Rows Open() => new(_ranges);

    /// <summary>Adds a range such as <c>A2:B4</c> to a list, if it covers several rows.</summary>
    /// <exception cref="Records.UnreadableSourceException">There are too many.</exception>
    public static void Add(List<Range> ranges, string? reference)
    {
        if (!SheetRange.TryParse(reference, out var range) || range.LastRow is not { } last) return;
        Add(ranges, range.FirstRow, last, range.FirstColumn);
    }

    /// <summary>Adds a range to a list, if it covers several rows.</summary>
    /// <param name="ranges">The list.</param>
    /// <param name="first">Its first row, from 1.</param>
    /// <param name="last">Its last row, from 1.</param>
    /// <param name="column">Its first column, from 0.</param>
    /// <exception cref="Records.UnreadableSourceException">There are too many.</exception>
    public static void Add(List<Range> ranges, long first, long last, int column)
    {
        if (last <= first) return;
        if (ranges.Count == MostRanges)
        {
            throw ExcelProblems.Broken(string.Create(CultureInfo.InvariantCulture, $"it merges more than {MostRanges:n0} ranges of cells"));
        }

        ranges.Add(new Range(first, last, column));
    }

    /// <summary>A range of merged cells.</summary>
    /// <param name="First">Its first row, from 1.</param>
    /// <param name="Last">Its last row, from 1.</param>
    /// <param name="Column">Its first column, from 0: the one that is filled.</param>
    internal readonly record struct Range(long First, long Last, int Column);

    /// <summary>Goes down the rows of a sheet, in their order, and tells what the merged cells above say of each.</summary>
    internal sealed class Rows(List<Range> ranges)
    {
        private readonly Dictionary<int, (long Last, byte[] Text)> _values = [];
        private int _next;

        /// <summary>The values that a row has from cells above it, by column.</summary>
        public IEnumerable<(int Column, byte[] Text)> Above(long row)
        {
            foreach (var (column, (last, text)) in _values)
            {
                if (row <= last) yield return (column, text);
            }
        }

        /// <summary>The ranges that begin with a row.</summary>
        public IEnumerable<Range> BeginningAt(long row)
        {
            while (_next < ranges.Count && ranges[_next].First < row) _next++;
            for (; _next < ranges.Count && ranges[_next].First == row; _next++) yield return ranges[_next];
        }

        /// <summary>Takes the value of a range's first cell.</summary>
        public void Keep(Range range, ReadOnlySpan<byte> text)
        {
            if (text.IsEmpty) _values.Remove(range.Column);
            else _values[range.Column] = (range.Last, text.ToArray());
        }
    }
}

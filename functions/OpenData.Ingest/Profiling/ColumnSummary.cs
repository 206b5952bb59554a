namespace OpenData.Ingest.Profiling;

/// <summary>Statistics of one column, gathered row group by row group while it is encoded.</summary>
/// <param name="mostCounted">Distinct values that are counted one by one; what comes later is not among the most frequent.</param>
internal sealed class ColumnSummary(int mostCounted = ColumnSummary.MostCounted)
{
    /// <summary>Distinct values that are counted one by one where a table is not wide.</summary>
    public const int MostCounted = 10_000;

    private const int MostFrequent = 10, LongestText = 100;

    private readonly DistinctEstimate _distinct = new();
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private bool _countsAll = true;
    private object? _least, _greatest;

    /// <summary>Rows without a value.</summary>
    public long Nulls { get; private set; }

    /// <summary>Rows with one.</summary>
    public long Values { get; private set; }

    /// <summary>Sum of the numbers, or of the lengths of texts in characters.</summary>
    public double Sum { get; set; }

    /// <summary>The least and the greatest value, written out; null before the first.</summary>
    public string? Min { get; private set; }

    /// <inheritdoc cref="Min"/>
    public string? Max { get; private set; }

    /// <summary>The shortest and the longest text, in characters.</summary>
    public int ShortestText { get; private set; } = int.MaxValue;

    /// <inheritdoc cref="ShortestText"/>
    public int LongestTextLength { get; private set; }

    /// <summary>The distinct values, counted if they are few and estimated otherwise.</summary>
    public long Distinct => _countsAll ? _counts.Count : Math.Min(_distinct.Count, Values);

    /// <summary>True if <see cref="Distinct"/> is an estimate.</summary>
    public bool DistinctIsEstimate => !_countsAll;

    /// <summary>The most frequent values, most frequent first; none if hardly any occurs twice.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Frequent =>
        [.. _counts
            .Where(pair => pair.Value > 1)
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(MostFrequent)];

    /// <summary>Adds the rows of a row group.</summary>
    /// <param name="values">Rows with a value.</param>
    /// <param name="nulls">Rows without one.</param>
    public void AddRows(long values, long nulls)
    {
        Values += values;
        Nulls += nulls;
    }

    /// <summary>Adds a value that occurs some times in a row group.</summary>
    public void AddCount(string value, long times)
    {
        if (_counts.TryGetValue(value, out var count)) _counts[value] = count + times;
        else if (_counts.Count < mostCounted) _counts.Add(value, times);
        else _countsAll = false;
    }

    /// <summary>Stops counting values one by one: a row group had too many different ones, and their number is estimated.</summary>
    public void StopCounting() => _countsAll = false;

    /// <summary>Adds a value's hash to the estimate of distinct values.</summary>
    public void AddHash(ulong hash) => _distinct.Add(hash);

    /// <summary>Takes note of how long a text is, and how often it occurs.</summary>
    public void AddLength(int characters, int times)
    {
        ShortestText = Math.Min(ShortestText, characters);
        LongestTextLength = Math.Max(LongestTextLength, characters);
        Sum += (double)characters * times;
    }

    /// <summary>Takes note of a row group's least and greatest value.</summary>
    public void WidenBounds<T>(T min, T max, Comparison<T> compare, Func<T, string> text) where T : notnull
    {
        if (_least is not T least || compare(min, least) < 0) (_least, Min) = (min, Cut(text(min)));

        if (_greatest is not T greatest || compare(max, greatest) > 0) (_greatest, Max) = (max, Cut(text(max)));
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";
}

using System.Text;
using OpenData.Ingest.Records;
using OpenData.Lake;

namespace OpenData.Ingest.Typing;

/// <summary>The values that are not of the type that is declared for their column.</summary>
internal sealed class Misfits
{
    /// <summary>
    /// The share of a column's values, and the number of them, from which the declaration is wrong rather than the values.
    /// </summary>
    private const double MostShare = 0.01;
    private const int LeastMany = 3, MostKept = 200;

    private readonly Dictionary<int, (long Count, List<Problem> First)> _columns = [];

    /// <summary>The columns that have any.</summary>
    public IReadOnlyCollection<int> Columns => _columns.Keys;

    /// <summary>Takes note of a value.</summary>
    public void Add(int column, string label, FieldType type, string? format, ReadOnlySpan<byte> cell, long line, long byteOffset)
    {
        if (!_columns.TryGetValue(column, out var known)) known = (0, []);
        if (known.First.Count < MostKept)
        {
            known.First.Add(new Problem(
                "value-not-of-type",
                Severity.Warning,
                $"The value is not of the type that is declared for its column ({type}{(format is null ? "" : $", {format}")}).",
                "Correct the value, or the type or format in dataset.json; or declare \"on_misfit\": \"empty\" to have such fields empty.")
            {
                Line = line,
                ByteOffset = byteOffset,
                Column = label,
                RawValue = Encoding.UTF8.GetString(cell),
            });
        }

        _columns[column] = known with { Count = known.Count + 1 };
    }

    /// <summary>The columns in which so many values are misfits that the file is rejected.</summary>
    /// <param name="rows">Rows of the file.</param>
    public IEnumerable<int> Many(long rows) =>
        _columns.Where(column => column.Value.Count >= LeastMany && column.Value.Count > MostShare * rows).Select(column => column.Key);

    /// <summary>Reports each of them.</summary>
    /// <param name="problems">Takes the problems.</param>
    /// <param name="action">What was done, in a sentence.</param>
    /// <param name="severity">How bad that is.</param>
    public void Report(ProblemLog problems, string action, Severity severity = Severity.Warning)
    {
        foreach (var (count, first) in _columns.Values)
        {
            foreach (var problem in first) problems.Add(problem with { Action = action, Severity = severity });
            for (var i = (long)first.Count; i < count; i++) problems.Add(first[^1]);
        }
    }
}

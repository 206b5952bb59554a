using OpenData.Lake;

namespace OpenData.Ingest.Records;

/// <summary>
/// Collects the problems of one reading of a file: the first ones whole, and all of them counted, so that a file with a
/// million bad rows costs no more memory than one with a thousand. Not safe for several threads at once.
/// </summary>
internal sealed class ProblemLog
{
    /// <summary>How many problems are kept whole.</summary>
    public const int Limit = 1000;

    /// <summary>How many of one code are kept whole, so that one kind does not crowd out the others.</summary>
    public const int LimitPerCode = 200;

    private const int LongestRawValue = 200;

    private readonly List<Problem> _kept = [];
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>The problems kept, in the order in which they were met.</summary>
    public IReadOnlyList<Problem> Kept => _kept;

    /// <summary>How many problems there were, also beyond those kept.</summary>
    public long Count { get; private set; }

    /// <summary>How many problems there were of each code.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>True once a problem of severity <see cref="Severity.Error"/> has been met.</summary>
    public bool HasError { get; private set; }

    /// <summary>Takes a problem; its raw value is cut to 200 characters.</summary>
    public void Add(Problem problem)
    {
        Count++;
        HasError |= problem.Severity == Severity.Error;
        var ofThisCode = _counts[problem.Code] = _counts.GetValueOrDefault(problem.Code) + 1;
        if (_kept.Count >= Limit || ofThisCode > LimitPerCode) return;

        _kept.Add(problem.RawValue is { Length: > LongestRawValue } raw
            ? problem with { RawValue = raw[..LongestRawValue] }
            : problem);
    }
}

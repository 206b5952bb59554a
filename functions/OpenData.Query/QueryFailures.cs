using OpenData.DuckDb;

namespace OpenData.Query;

/// <summary>Why a statement that was planned did not end well.</summary>
public static class QueryFailures
{
    /// <summary>What DuckDB says in our callers' terms, where it is something that a caller can mend; otherwise the failure as it is.</summary>
    public static Exception Translate(Exception failure) => (failure as StatementException)?.Error switch
    {
        StatementError.OutOfRange => new QueryException("select", null, "A number of the calculation is out of range. Divide before you multiply, or calculate with decimals: 1.0 * field."),
        StatementError.OutOfMemory => new QueryResourcesException("The question needs more memory or disk than there is.", failure),
        _ => failure,
    };
}

/// <summary>A statement took longer than it may.</summary>
public sealed class QueryTimeoutException(TimeSpan limit) : Exception($"The statement was stopped after {limit.TotalSeconds:0.#} seconds.")
{
    /// <summary>How long a statement may take.</summary>
    public TimeSpan Limit { get; } = limit;
}

/// <summary>As many exports, or other statements, are running as may run at once, and none of them ended soon.</summary>
public sealed class QueryBusyException(bool ofExports, int running) : Exception($"{running} {(ofExports ? "exports" : "questions")} are running, which is the most there may be at once.")
{
    /// <summary>Whether there are too many exports, not too many other statements.</summary>
    public bool OfExports { get; } = ofExports;

    /// <summary>After how many seconds it is worth trying again.</summary>
    public const int RetrySeconds = 15;
}

/// <summary>There is no room for what a question needs: neither memory nor disk.</summary>
public sealed class QueryResourcesException(string message, Exception inner) : Exception(message, inner);

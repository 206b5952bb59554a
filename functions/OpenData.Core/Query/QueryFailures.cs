namespace OpenData.Query;

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

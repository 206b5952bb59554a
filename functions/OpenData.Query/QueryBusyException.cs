namespace OpenData.Query;

/// <summary>As many exports, or other statements, are running as may run at once, and none of them ended soon.</summary>
public sealed class QueryBusyException(bool ofExports, int running)
    : Exception($"{running} {(ofExports ? "exports" : "questions")} are running, which is the most there may be at once.")
{
    /// <summary>Whether there are too many exports, not too many other statements.</summary>
    public bool OfExports { get; } = ofExports;

    /// <summary>After how many seconds it is worth trying again.</summary>
    public const int RetrySeconds = 15;
}

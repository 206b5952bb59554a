namespace OpenData.Query;

/// <summary>A statement took longer than it may.</summary>
public sealed class QueryTimeoutException(TimeSpan limit) : Exception($"The statement was stopped after {limit.TotalSeconds:0.#} seconds.")
{
    /// <summary>How long a statement may take.</summary>
    public TimeSpan Limit { get; } = limit;
}

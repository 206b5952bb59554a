namespace OpenData.DuckDb;

/// <summary>DuckDB refused a statement, or stopped running it.</summary>
public sealed class StatementException(string message, StatementError error) : Exception(message)
{
    /// <summary>The kind of failure.</summary>
    public StatementError Error { get; } = error;
}

using OpenData.Lake;

namespace OpenData.Ingest.Records;

/// <summary>
/// The file cannot be read (further), and trying again would not help: no crash, a problem of severity
/// <see cref="Severity.Error"/> that rejects the file. Thrown by readers, caught by <see cref="Conversion"/> alone.
/// </summary>
internal sealed class UnreadableSourceException(Problem problem) : Exception(problem.Message)
{
    /// <summary>Why, for the report.</summary>
    public Problem Problem { get; } = problem;
}

using OpenData.Lake;

namespace OpenData.Demand.Drops;

/// <summary>What was read of one planners' file.</summary>
/// <param name="Path">Its blob name in the planning container.</param>
/// <param name="Rows">Rows taken up.</param>
/// <param name="Problems">What was wrong with the file as it was dropped last.</param>
/// <param name="KeptFrom">
/// When the version that is in use was accepted, where the last one cannot be used; null if the last one is in use, or none can be.
/// </param>
public sealed record PlanningFile(string Path, int Rows, List<Problem> Problems, DateTimeOffset? KeptFrom)
{
    /// <summary>Whether the file as it was dropped last cannot be used.</summary>
    public bool IsRejected => Problems.Exists(problem => problem.Severity == Severity.Error);

    /// <summary>The bytes that are in use and may be kept as the last good version; null if the last version is not good.</summary>
    internal BinaryData? Good { get; init; }
}

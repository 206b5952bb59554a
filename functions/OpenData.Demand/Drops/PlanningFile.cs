namespace OpenData.Demand.Drops;

/// <summary>What was read of one planners' file.</summary>
/// <param name="Path">Its blob name in the planning container.</param>
/// <param name="Rows">Rows taken up.</param>
/// <param name="Problems">What was wrong.</param>
public sealed record PlanningFile(string Path, int Rows, IReadOnlyList<Lake.Problem> Problems);

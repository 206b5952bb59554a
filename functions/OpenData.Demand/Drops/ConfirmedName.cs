namespace OpenData.Demand.Drops;

/// <summary>A name that planners have confirmed to mean a candidate.</summary>
/// <param name="Name">The name as people write it.</param>
/// <param name="Means">The item's id, the dataset's id or title, or the other name that it stands for.</param>
public sealed record ConfirmedName(string Name, string Means);

namespace OpenData.Demand.Plans;

/// <summary>How many items the plan is to release in a year.</summary>
/// <param name="Year">The year, which is also the cohort's name.</param>
/// <param name="Items">How many items, 1 or more.</param>
public sealed record PlanTarget(int Year, int Items);

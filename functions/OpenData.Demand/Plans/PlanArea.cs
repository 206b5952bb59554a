namespace OpenData.Demand.Plans;

/// <summary>A core area of the plan.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Items">What it promises.</param>
public sealed record PlanArea(string Id, BilingualText Name, IReadOnlyList<PlanItem> Items);

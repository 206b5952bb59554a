namespace OpenData.Demand.Plans;

/// <summary>Several items that serve one purpose together and are of use only when all are there.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Items">The ids of its items.</param>
public sealed record PlanPackage(string Id, BilingualText Name, IReadOnlyList<string> Items);

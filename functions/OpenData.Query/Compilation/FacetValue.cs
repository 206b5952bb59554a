namespace OpenData.Query.Compilation;

/// <summary>One value of a facet.</summary>
/// <param name="Name">What to show: of a path its last step.</param>
/// <param name="Value">What to refine by: of a path all of it.</param>
/// <param name="Count">How many records have it; null where it is excluded.</param>
/// <param name="State"><c>displayed</c>, <c>refined</c> or <c>excluded</c>.</param>
/// <param name="Facets">Of a path that is refined by: the steps below it.</param>
public sealed record FacetValue(string Name, string Value, long? Count, string State, IReadOnlyList<FacetValue>? Facets = null);

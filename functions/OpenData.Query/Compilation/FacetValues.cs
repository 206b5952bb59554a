namespace OpenData.Query.Compilation;

/// <summary>The values of one facet.</summary>
/// <param name="Name">The facet's field.</param>
/// <param name="Facets">Its values, sorted as was asked.</param>
public sealed record FacetValues(string Name, IReadOnlyList<FacetValue> Facets);

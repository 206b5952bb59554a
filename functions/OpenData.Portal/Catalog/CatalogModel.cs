using OpenData.Portal.Rendering;

namespace OpenData.Portal.Catalog;

/// <summary>What the catalogue's page shows.</summary>
public sealed record CatalogModel
{
    /// <summary>How many datasets are on a page.</summary>
    public const int PageSize = 20;

    /// <summary>What is searched for; null if nothing is.</summary>
    public required string? Search { get; init; }

    /// <summary>The order: <c>modified</c>, <c>title</c>, <c>records</c> or <c>quality</c>.</summary>
    public required string Sort { get; init; }

    /// <summary>How many datasets there are.</summary>
    public required long Total { get; init; }

    /// <summary>Those of this page.</summary>
    public required IReadOnlyList<DatasetSummary> Datasets { get; init; }

    /// <summary>What can be filtered by.</summary>
    public required IReadOnlyList<CatalogFacet> Facets { get; init; }

    /// <summary>The same question to the API.</summary>
    public required string ApiAddress { get; init; }
}

/// <summary>A facet of the catalogue.</summary>
/// <param name="Name">Its name, such as <c>theme</c>.</param>
/// <param name="Values">Its values, the most frequent first.</param>
public sealed record CatalogFacet(string Name, IReadOnlyList<CatalogFacetValue> Values);

/// <summary>A value of a facet.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Count">How many datasets have it.</param>
/// <param name="Chosen">Whether the list is filtered by it.</param>
/// <param name="Address">Where choosing it, or choosing it no longer, leads.</param>
public sealed record CatalogFacetValue(string Name, long Count, bool Chosen, string Address);

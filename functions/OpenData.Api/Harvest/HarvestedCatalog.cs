using OpenData.Api.Routing;

namespace OpenData.Api.Harvest;

/// <summary>What harvesters read about the catalogue itself.</summary>
/// <param name="Root">The service's address before <c>/api</c>.</param>
/// <param name="Publisher">Who offers it.</param>
/// <param name="Modified">When it last changed.</param>
internal sealed record HarvestedCatalog(string Root, string Publisher, DateTimeOffset Modified)
{
    /// <summary>The catalogue's name, and its address.</summary>
    public string Iri => $"{Root}/{Routes.Catalog}";

    /// <summary>Where the API begins.</summary>
    public string Api => Iri[..Iri.LastIndexOf('/')];

    public string Title => $"Open data of {Publisher}";

    public string Description => $"All datasets that are published at {Root}, described by the agencies that publish them.";
}

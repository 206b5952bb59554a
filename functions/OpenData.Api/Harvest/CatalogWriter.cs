using Microsoft.AspNetCore.Http;
using OpenData.Api.Explore;

namespace OpenData.Api.Harvest;

/// <summary>What harvesters are told of the catalogue itself.</summary>
/// <param name="Root">The service's address before <c>/api</c>.</param>
/// <param name="Publisher">Who offers it.</param>
/// <param name="Modified">When it last changed.</param>
internal sealed record HarvestedCatalog(string Root, string Publisher, DateTimeOffset Modified)
{
    /// <summary>The catalogue's name, and its address.</summary>
    public string Iri => $"{Root}/{Routes.Prefix}/{Routes.Catalog}";

    /// <summary>Where the API begins.</summary>
    public string Api => Iri[..Iri.LastIndexOf('/')];

    /// <summary>The catalogue as the caller of a request sees it.</summary>
    public static HarvestedCatalog Of(HttpRequest request, OpenDataSettings settings, DateTimeOffset modified)
    {
        var root = Links.Root(request, settings);
        return new HarvestedCatalog(root, settings.PortalName is { Length: > 0 } name ? name : Uri.TryCreate(settings.PublicUrl, UriKind.Absolute, out var uri) ? uri.Host : request.Host.Host, modified);
    }

    public string Title => $"Open data of {Publisher}";

    public string Description => $"All datasets that are published at {Root}, described by the agencies that drop them.";
}

/// <summary>Writes the catalogue in one of the harvesters' formats, dataset by dataset, so that its size does not matter.</summary>
internal abstract class CatalogWriter : IDisposable
{
    /// <summary>Writes what stands before the first dataset.</summary>
    public abstract void Begin(HarvestedCatalog catalog);

    public abstract void Write(HarvestedDataset dataset);

    /// <summary>Writes what stands after the last dataset.</summary>
    public abstract void End();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenData.Api.Pipeline;

namespace OpenData.Portal.Rendering;

/// <summary>A request for a page.</summary>
/// <param name="Http">The HTTP request.</param>
/// <param name="View">How the page is written.</param>
/// <param name="Values">The values of its path.</param>
/// <param name="Details">What becomes known of it, for the usage log.</param>
internal sealed record PageRequest(HttpRequest Http, PortalView View, RouteValueDictionary Values, UsageDetails Details)
{
    /// <summary>The address that was asked for.</summary>
    public PageAddress Address => View.Address;

    /// <summary>A value of the path, decoded.</summary>
    public string Value(string name) => (string?)Values[name] ?? "";
}

/// <summary>Makes a page.</summary>
internal interface IPageHandler
{
    /// <summary>Answers a GET.</summary>
    /// <exception cref="ApiException">It cannot be answered; the error page says why.</exception>
    Task<PageAnswer> GetAsync(PageRequest request, CancellationToken cancellation);
}

/// <summary>Takes a form with a file, which it reads as it comes.</summary>
internal interface IFileHandler : IPageHandler
{
    /// <summary>Answers a POST: the page again with what is wrong, or another address.</summary>
    /// <exception cref="ApiException">It cannot be answered; the error page says why.</exception>
    Task<PageAnswer> ReceiveAsync(PageRequest request, CancellationToken cancellation);
}

/// <summary>Makes a page with a form, and takes what is sent with it.</summary>
internal interface IFormHandler : IPageHandler
{
    /// <summary>Answers a POST: the page again with what is wrong, or another address.</summary>
    /// <exception cref="ApiException">It cannot be answered; the error page says why.</exception>
    Task<PageAnswer> PostAsync(PageRequest request, IFormCollection form, CancellationToken cancellation);
}

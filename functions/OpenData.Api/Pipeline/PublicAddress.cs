using Microsoft.AspNetCore.Http;

namespace OpenData.Api.Pipeline;

/// <summary>Addresses as the public sees this service.</summary>
public sealed class PublicAddress(OpenDataSettings settings)
{
    /// <summary>The URL before the path: the setting <see cref="OpenDataSettings.PublicUrl"/>, or as the request came.</summary>
    public string Root(HttpRequest request) => settings.PublicUrl is { Length: > 0 } url
        ? url.TrimEnd('/')
        : $"{request.Scheme}://{request.Host.Value}{request.PathBase.ToUriComponent()}";

    /// <summary>The host's name, without a port.</summary>
    public string HostName(HttpRequest request) =>
        Uri.TryCreate(settings.PublicUrl, UriKind.Absolute, out var uri) ? uri.Host : request.Host.Host;

    /// <summary>The URL that was asked for, without its query string.</summary>
    public string Of(HttpRequest request) => Root(request) + request.Path.ToUriComponent().TrimEnd('/');

    /// <summary>The URL that was asked for without the last segment of its path; it ends in a slash.</summary>
    public string Parent(HttpRequest request)
    {
        var here = Of(request);
        return here[..(here.LastIndexOf('/') + 1)];
    }
}

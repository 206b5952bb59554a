using Microsoft.AspNetCore.Http;
using OpenData.Catalog.Publication;
using OpenData.Demand.Requests;

namespace OpenData.Api.Pipeline;

/// <summary>Who asks, by the key in <c>x-agency-key</c>: an agency, the planners, or anybody.</summary>
public sealed class ViewerIdentity(AgencyKeys keys)
{
    private const string Challenge = $"AgencyKey realm=\"OpenDataServerless\", header=\"{RequestHeaders.AgencyKey}\"";

    /// <summary>Establishes who asks.</summary>
    /// <exception cref="ApiException">401: there is a key, and it is not known.</exception>
    internal async Task<Viewer> IdentifyAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.Headers[RequestHeaders.AgencyKey].ToString() is not { Length: > 0 } key) return Viewer.Anybody;
        if (await keys.AgencyOfAsync(key, cancellation) is { } agency)
        {
            return new Viewer { Agency = agency, IsPlanner = agency == AgencyKeys.Planners };
        }

        throw new ApiException(
            401, "UnknownAgencyKey",
            $"The key in the header {RequestHeaders.AgencyKey} is not known: it was misspelt or revoked. Operators issue another.")
        {
            Challenge = Challenge,
        };
    }

    /// <summary>The agency that asks, which may be the planners' own.</summary>
    /// <exception cref="ApiException">401: there is no key.</exception>
    internal static string RequireAgency(HttpRequest request) => request.Viewer().Agency
        ?? throw new ApiException(401, "Unauthorized", $"Send an agency's key in the header {RequestHeaders.AgencyKey}.")
        {
            Challenge = Challenge,
        };
}

using Microsoft.AspNetCore.Http;
using OpenData.Api.Pipeline;
using OpenData.Demand.Requests;

namespace OpenData.Api.Demand;

/// <summary>Which agency a request comes from, by its key.</summary>
public sealed class AgencyAuthentication(AgencyKeys keys, CallerIdentity callers, RateLimit limit)
{
    private const string Challenge = $"AgencyKey realm=\"OpenDataServerless\", header=\"{RequestHeaders.AgencyKey}\"";

    /// <summary>The agency whose key is in <c>x-agency-key</c>.</summary>
    /// <exception cref="ApiException">401: there is no key, or it is not known; the latter counts and slows the caller down.</exception>
    internal async Task<string> AuthenticateAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.Headers[RequestHeaders.AgencyKey].ToString() is not { Length: > 0 } key)
        {
            throw new ApiException(401, "Unauthorized", $"Send an agency's key in the header {RequestHeaders.AgencyKey}.")
            {
                Challenge = Challenge,
            };
        }

        if (await keys.AgencyOfAsync(key, cancellation) is { } agency) return agency;
        await limit.SlowDownAsync(callers.Identify(request.HttpContext), cancellation);
        throw new ApiException(
            401, "UnknownAgencyKey",
            $"The key in the header {RequestHeaders.AgencyKey} is not known: it was misspelt or revoked. Operators issue another.")
        {
            Challenge = Challenge,
        };
    }
}

using Microsoft.AspNetCore.Http;
using OpenData.Access;
using OpenData.Catalog.Publication;

namespace OpenData.Api.Pipeline;

/// <summary>
/// Who asks, by keys: in <c>Authorization: ApiKey …</c> or <c>x-agency-key</c>, of any kind, or a client's in the parameter
/// <c>apikey</c>. Where
/// there are two, the caller is told from others by the first, and may what either may.
/// </summary>
public sealed class ViewerIdentity(KeyStore keys, CallerIdentity callers)
{
    private const string Scheme = "ApiKey ";
    private const string Challenge = "ApiKey realm=\"OpenDataServerless\"";
    private const string AgencyChallenge = $"AgencyKey realm=\"OpenDataServerless\", header=\"{RequestHeaders.AgencyKey}\"";

    /// <summary>Establishes who asks, for the rest of the request.</summary>
    /// <exception cref="ApiException">401: there is a key, and it is not known; or it must not stand in an address.</exception>
    internal async Task IdentifyAsync(HttpContext context, CancellationToken cancellation)
    {
        var request = context.Request;
        var viewer = Viewer.Anybody;
        var caller = callers.Identify(context);
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            Take(await FindAsync(authorization[Scheme.Length..].Trim(), Challenge, cancellation));
        }
        else if (request.Query["apikey"] is [{ Length: > 0 } inAddress, ..])
        {
            var key = await FindAsync(inAddress, Challenge, cancellation);
            if (key.Kind != KeyKind.Client)
            {
                throw new ApiException(
                    401, "InvalidApiKey", "This key must not stand in an address, where logs keep it: send it in a header, and "
                        + "have it replaced.")
                {
                    Challenge = Challenge,
                };
            }

            Take(key);
        }

        if (request.Headers[RequestHeaders.AgencyKey].ToString() is { Length: > 0 } ofAgency)
        {
            Take(await FindAsync(ofAgency, AgencyChallenge, cancellation));
        }

        context.Items[Caller.ItemKey] = caller;
        RequestViewer.Set(context, viewer);

        void Take(AccessKey key)
        {
            if (caller.Kind != CallerKind.Key) caller = caller with { Kind = CallerKind.Key, Name = $"key {key.Mark} {key.Name}" };
            viewer = Add(viewer, key);
        }
    }

    /// <summary>Who asks, if that is somebody who may do something for an agency.</summary>
    /// <param name="request">The request.</param>
    /// <param name="action">What is to be done.</param>
    /// <param name="agency">For which agency; null for what concerns no single one.</param>
    /// <exception cref="ApiException">401: there is no key; 403: the key may not do this.</exception>
    internal static Viewer Require(HttpRequest request, ViewerAction action, string? agency = null)
    {
        var viewer = RequireKey(request);
        if (viewer.May(action, agency)) return viewer;
        throw new ApiException(403, "Forbidden", agency is null
            ? "Your key may not do this. docs/publication.md says who may what."
            : $"Your key may not do this for the agency {agency}. docs/publication.md says who may what.");
    }

    /// <summary>Who asks, with some key.</summary>
    /// <exception cref="ApiException">401: there is no key.</exception>
    internal static Viewer RequireKey(HttpRequest request) => request.Viewer() is { KeyName: not null } viewer
        ? viewer
        : throw new ApiException(401, "Unauthorized",
            $"Send a key in the header {RequestHeaders.AgencyKey}, or as Authorization: ApiKey ….")
        {
            Challenge = AgencyChallenge,
        };

    private static Viewer Add(Viewer viewer, AccessKey key) => key.Kind switch
    {
        KeyKind.Agency => viewer with { KeyName = key.Name, Mark = key.Mark, Agency = key.Scope[0] },
        KeyKind.Approver => viewer with { KeyName = key.Name, Mark = key.Mark, ApproverOf = key.Scope },
        KeyKind.Planner => viewer with { KeyName = key.Name, Mark = key.Mark, IsPlanner = true },
        _ => viewer with { KeyName = key.Name, Mark = key.Mark },
    };

    private async Task<AccessKey> FindAsync(string key, string challenge, CancellationToken cancellation)
    {
        if (await keys.FindAsync(key, cancellation) is { } found) return found;
        throw challenge == Challenge
            ? new ApiException(401, "InvalidApiKey", "The API key is not known, or has expired. Reading needs no key: leave it out.")
            {
                Challenge = challenge,
            }
            : new ApiException(
                401, "UnknownAgencyKey",
                $"The key in the header {RequestHeaders.AgencyKey} is not known: it was misspelt or revoked, or "
                + "has expired. Operators issue another.")
            {
                Challenge = challenge,
            };
    }
}

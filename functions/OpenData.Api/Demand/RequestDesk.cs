using Microsoft.AspNetCore.Http;
using OpenData.Api.Pipeline;
using OpenData.Demand.Requests;

namespace OpenData.Api.Demand;

/// <summary>What citizens do with data requests, whether a program or a form of a page sends it.</summary>
public sealed class RequestDesk(RequestBoard board, WriteGuard guard, KnownAgencies agencies)
{
    /// <summary>Opens a request, which waits for a planner where its text may not be shown at once.</summary>
    /// <exception cref="ApiException">400: there is no such agency; 429: the caller has opened as many as it may today.</exception>
    public async Task<DataRequest> OpenAsync(HttpRequest http, DataRequest wish, CancellationToken cancellation)
    {
        if (wish.Agency is { } agency) await agencies.CheckAsync(agency, cancellation);
        await guard.CountAsync("request", http, WriteGuard.RequestsPerDay, cancellation);
        wish = wish with { Moderation = TextScreen.Judge(wish.Title, wish.Wanted, wish.Purpose) };
        return await board.OpenAsync(wish, new Voice(guard.NameOf(http)), cancellation);
    }

    /// <summary>Supports a request, once a caller and day.</summary>
    /// <returns>The request, and whether the support was new.</returns>
    /// <exception cref="ApiException">404: there is no such request, or it is not shown; 429: too many today.</exception>
    public async Task<(DataRequest Request, bool Counted)> SupportAsync(
        HttpRequest http, string requestId, string group, CancellationToken cancellation)
    {
        if (await board.FindAsync(requestId, cancellation) is not { Moderation: Moderation.Shown })
        {
            throw PublicRequest.NotFound(requestId);
        }

        await guard.CountAsync("support", http, WriteGuard.SupportsPerDay, cancellation);
        return await board.SupportAsync(requestId, group, new Voice(guard.NameOf(http)), cancellation)
            ?? throw PublicRequest.NotFound(requestId);
    }
}

using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace OpenData.Api.Pipeline;

/// <summary>Where a host learns its callers' addresses from.</summary>
/// <param name="FromConnection">
/// Whether the connection's peer is the caller, or a proxy on the same machine that adds the caller to X-Forwarded-For. It is not in the
/// Functions worker: its peer is the Functions host, which replaces that header with its own peer.
/// </param>
public sealed record CallerSource(bool FromConnection);

/// <summary>
/// Where callers are told apart by their network address; never by the user agent, which anybody may choose. <see cref="ViewerIdentity"/>
/// tells those apart who have a key.
/// </summary>
/// <remarks>
/// Behind Azure Front Door the address is <c>X-Azure-SocketIP</c>, the peer of the connection to Front Door, and only if
/// <c>X-Azure-FDID</c> is the id of our own Front Door: anybody may send these headers to an app directly, but does not know the id.
/// <c>X-Azure-ClientIP</c> follows what a client sends, so it is not used.
/// </remarks>
public sealed partial class CallerIdentity(OpenDataSettings settings, CallerSource source)
{
    /// <summary>Identifies the caller of a request; a second call answers the same.</summary>
    public Caller Identify(HttpContext context)
    {
        if (context.Items[Caller.ItemKey] is Caller known) return known;
        var caller = Read(context);
        context.Items[Caller.ItemKey] = caller;
        return caller;
    }

    private Caller Read(HttpContext context)
    {
        var isBot = Bots().IsMatch(context.Request.Headers.UserAgent.ToString());
        return AddressOf(context) is { } address
            ? new Caller(CallerKind.Address, CallerAddress.NameOf(address), isBot)
            : new Caller(CallerKind.Unidentified, "unidentified", isBot);
    }

    private IPAddress? AddressOf(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (settings.FrontDoorId is { Length: > 0 } id)
        {
            return headers["X-Azure-FDID"].ToString().Equals(id, StringComparison.OrdinalIgnoreCase)
                ? CallerAddress.Parse(headers["X-Azure-SocketIP"].ToString())
                : null;
        }

        if (!source.FromConnection) return null;
        var peer = context.Connection.RemoteIpAddress;
        var forwarded = headers["X-Forwarded-For"].ToString();
        // A proxy on this machine writes the address that it saw last; anything before it is what the caller itself sent.
        return peer is not null && IPAddress.IsLoopback(peer) && forwarded.Length > 0
            ? CallerAddress.Parse(forwarded[(forwarded.LastIndexOf(',') + 1)..]) ?? peer
            : peer;
    }

    [GeneratedRegex(
        "bot\\b|crawl|spider|slurp|facebookexternalhit|uptime|pingdom|health ?check|probe|alwayson|traffic manager|archiver|harvester",
        RegexOptions.IgnoreCase)]
    private static partial Regex Bots();
}

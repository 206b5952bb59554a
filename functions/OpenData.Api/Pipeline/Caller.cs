using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace OpenData.Api.Pipeline;

/// <summary>Who is asking, as far as it can be told apart without knowing anybody.</summary>
/// <param name="Address">The network address, as text; empty if there is none.</param>
/// <param name="UserAgent">What the caller's program says of itself; empty if it says nothing.</param>
internal readonly partial record struct Caller(string Address, string UserAgent)
{
    /// <summary>What tells two callers apart for the rest of the day. It must not be stored.</summary>
    public string Name => $"{Address} {UserAgent}";

    /// <summary>Whether the program says that it is a robot or a probe.</summary>
    public bool IsBot => Bots().IsMatch(UserAgent);

    /// <summary>Reads a request.</summary>
    public static Caller Of(HttpContext context) => new(AddressOf(context), context.Request.Headers.UserAgent.ToString());

    // The Functions worker has made the address that the platform saw the connection's own, and left in the header what stood before it. Behind another proxy
    // on this machine it is the header's last, perhaps with a port. Anything before that is the caller's own word.
    private static string AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        var forwarded = context.Request.Headers["X-Forwarded-For"].ToString();
        if (address is not null && !IPAddress.IsLoopback(address) || forwarded.Length == 0) return address?.ToString() ?? "";

        var last = forwarded[(forwarded.LastIndexOf(',') + 1)..].Trim();
        return IPEndPoint.TryParse(last, out var endpoint) ? endpoint.Address.ToString() : last;
    }

    [GeneratedRegex("bot\\b|crawl|spider|slurp|facebookexternalhit|uptime|pingdom|health ?check|probe|alwayson|traffic manager|archiver|harvester", RegexOptions.IgnoreCase)]
    private static partial Regex Bots();
}

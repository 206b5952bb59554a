using Microsoft.AspNetCore.Http;

namespace OpenData.Api.Pipeline;

/// <summary>The kinds of callers' identities.</summary>
public enum CallerKind
{
    /// <summary>Nothing reliable is known: the platform passes on no address of the caller.</summary>
    Unidentified,

    /// <summary>By a network address that the caller cannot choose.</summary>
    Address,

    /// <summary>By an API key.</summary>
    Key,
}

/// <summary>Who is asking, as far as one caller can be told from another without knowing anybody.</summary>
/// <param name="Kind">The kind of the identity.</param>
/// <param name="Name">What tells two callers apart for the rest of the day. It must not be stored as it is.</param>
/// <param name="IsBot">Whether the program says that it is a robot or a probe; it decides nothing else.</param>
public sealed record Caller(CallerKind Kind, string Name, bool IsBot)
{
    /// <summary>The caller of a request that has been identified, see <see cref="CallerIdentity"/>.</summary>
    internal const string ItemKey = "OpenData.Caller";
}

/// <summary>The caller of a request.</summary>
internal static class RequestCaller
{
    /// <summary>What tells the caller of an identified request from others; see <see cref="Caller.Name"/>.</summary>
    public static string CallerName(this HttpRequest request) => ((Caller)request.HttpContext.Items[Caller.ItemKey]!).Name;
}

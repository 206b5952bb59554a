using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using OpenData.Access;
using OpenData.Api.Pipeline;
using OpenData.Portal.Rendering;

namespace OpenData.Portal.Desk;

/// <summary>Somebody of an agency who has signed in.</summary>
/// <param name="Agency">The agency.</param>
/// <param name="Token">What every form of the session must carry: another site cannot know it.</param>
internal sealed record DeskSession(string Agency, string Token);

/// <summary>
/// Sign-in by an agency's key. The browser keeps a key of a short life in its place, in a cookie that no script reads and that is sent to
/// the portal's pages only.
/// </summary>
internal sealed class DeskSessions(KeyStore keys)
{
    private const string Cookie = "portal-session";
    private const string CookiePath = "/portal";
    private const string TokenField = "token";

    private static readonly TimeSpan Life = TimeSpan.FromHours(8);

    /// <summary>Signs in; a session that the browser had before ends.</summary>
    /// <returns>Whether the key is an agency's.</returns>
    public async Task<bool> SignInAsync(HttpRequest request, string key, CancellationToken cancellation)
    {
        if (key.Length is 0 or > 500 || await keys.FindAsync(key, cancellation) is not { Kind: KeyKind.Agency } found) return false;
        await EndAsync(request, cancellation);
        var session = await keys.OpenSessionAsync(found, Life, cancellation);
        request.HttpContext.Response.Cookies.Append(
            Cookie,
            session,
            new CookieOptions
            {
                Path = CookiePath,
                MaxAge = Life,
                HttpOnly = true,
                Secure = request.IsHttps,
                SameSite = SameSiteMode.Strict,
            });
        return true;
    }

    /// <summary>Signs out.</summary>
    public async Task SignOutAsync(HttpRequest request, CancellationToken cancellation)
    {
        await EndAsync(request, cancellation);
        request.HttpContext.Response.Cookies.Delete(Cookie, new CookieOptions { Path = CookiePath });
    }

    /// <summary>Who has signed in; null if nobody has.</summary>
    public async Task<DeskSession?> FindAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.Cookies[Cookie] is not { Length: > 0 and <= 500 } session) return null;
        return await keys.FindAsync(session, cancellation) is { Kind: KeyKind.Agency } key
            ? new DeskSession(key.Scope[0], TokenOf(session))
            : null;
    }

    /// <summary>Who has signed in.</summary>
    /// <exception cref="ApiException">401: nobody has.</exception>
    public async Task<DeskSession> RequireAsync(PageRequest page, CancellationToken cancellation) =>
        await FindAsync(page.Http, cancellation) ?? throw new ApiException(401, "Unauthorized", page.View.Text("desk.signin.first"));

    /// <summary>Refuses a form that does not carry the session's token.</summary>
    /// <exception cref="ApiException">403: it does not.</exception>
    public static void Check(DeskSession session, string token, PortalView view)
    {
        if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(session.Token))) return;
        throw new ApiException(403, "Forbidden", view.Text("error.foreign"));
    }

    /// <inheritdoc cref="Check(DeskSession, string, PortalView)"/>
    public static void Check(DeskSession session, IFormCollection form, PortalView view) =>
        Check(session, form[TokenField].ToString(), view);

    private async Task EndAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.Cookies[Cookie] is { Length: > 0 and <= 500 } session) await keys.EndAsync(session, cancellation);
    }

    private static string TokenOf(string session) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"form of {session}")), 0, 16);
}

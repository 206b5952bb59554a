using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenData.Api.Pipeline;
using OpenData.Api.Routing;
using OpenData.Portal.Assets;
using OpenData.Portal.Errors;
using OpenData.Portal.Rendering;
using OpenData.Portal.Texts;
using OpenData.Usage;

namespace OpenData.Portal;

/// <summary>
/// The pages for people, below <c>/portal/{language}</c>. One route takes them all in both hosts, so that a page costs no function of its
/// own on Azure.
/// </summary>
public sealed class PortalEndpoints
{
    private const string LanguageCookie = "portal-language";
    private const string Root = "/" + Routes.PortalRoot;
    private const string AssetPath = Root + "/assets/";

    private readonly IServiceProvider _services;
    private readonly RequestPipeline _pipeline;
    private readonly PageRenderer _renderer;
    private readonly AssetStore _assets;
    private readonly PublicAddress _address;
    private readonly OpenDataSettings _settings;
    private readonly LocalTime _local;
    private readonly TimeProvider _time;

    internal PortalEndpoints(
        IServiceProvider services, RequestPipeline pipeline, PageRenderer renderer, AssetStore assets, PublicAddress address,
        OpenDataSettings settings, LocalTime local, TimeProvider time)
    {
        (_services, _pipeline, _renderer, _assets) = (services, pipeline, renderer, assets);
        (_address, _settings, _local, _time) = (address, settings, local, time);
    }

    /// <summary>A page, a static file, or the way to one.</summary>
    public IResult Portal(HttpRequest request)
    {
        var path = request.Path.Value ?? Root;
        if (path.StartsWith(AssetPath, StringComparison.Ordinal) && _assets.Find(path[AssetPath.Length..]) is { } asset)
        {
            return new AssetResult(asset);
        }

        var segments = path.Split('/', 4); // "", "portal", language, the rest
        var language = segments.Length > 2 ? segments[2] : "";
        if (!PortalTexts.Languages.Contains(language))
        {
            return _pipeline.Run(UsageKind.Catalog, null, (_, _) => Task.FromResult(ToLanguage(request, path)));
        }
        var below = segments.Length > 3 ? "/" + segments[3] : "";
        var route = PageTable.Find(below.TrimEnd('/'), out var values);
        return _pipeline.Run(route?.Kind ?? UsageKind.Catalog, values["dataset_id"] as string, async (details, cancellation) =>
        {
            var view = View(request, language);
            try
            {
                if (route is null) throw ApiException.NotFound(view.Text("error.nopage"));
                var page = new PageRequest(request, view, values, details);
                return await AnswerAsync((IPageHandler)_services.GetRequiredService(route.Handler), page, cancellation);
            }
            catch (Exception e) when (ErrorAnswer.Explain(e) is { } error)
            {
                if (error.RetrySeconds is { } seconds) request.HttpContext.Response.Headers.RetryAfter = $"{seconds}";
                var shown = new Page(typeof(ErrorPage), new ErrorModel(error.Status, error.Message))
                {
                    Title = view.Text(error.Status == 404 ? "error.missing" : "error.title"),
                    Status = error.Status,
                };
                return await _renderer.RenderAsync(shown, view);
            }
        });
    }

    private async Task<IResult> AnswerAsync(IPageHandler handler, PageRequest page, CancellationToken cancellation)
    {
        var answer = HttpMethods.IsPost(page.Http.Method)
            ? await PostAsync(handler, page, cancellation)
            : await handler.GetAsync(page, cancellation);
        if (answer is Page shown) return await _renderer.RenderAsync(shown, page.View);
        page.Http.HttpContext.Response.Headers.Location = ((SeeOther)answer).Location;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private async Task<PageAnswer> PostAsync(IPageHandler handler, PageRequest page, CancellationToken cancellation)
    {
        if (handler is not (IFormHandler or IFileHandler)) throw new ApiException(405, "MethodNotAllowed", page.View.Text("error.method"));
        if (!IsFromHere(page.Http)) throw new ApiException(403, "Forbidden", page.View.Text("error.foreign"));
        if (handler is IFileHandler files) return await files.ReceiveAsync(page, cancellation);
        if (!page.Http.HasFormContentType) throw new ApiException(415, "UnsupportedMediaType", page.View.Text("error.form"));
        return await ((IFormHandler)handler).PostAsync(page, await page.Http.ReadFormAsync(cancellation), cancellation);
    }

    // A page of another origin must not send forms in its reader's name. Browsers say where a form comes from; programs need not.
    private bool IsFromHere(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site) return site is "same-origin" or "none";
        return request.Headers.Origin.ToString() is not { Length: > 0 } origin
            || (Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                && Uri.TryCreate(_address.Root(request), UriKind.Absolute, out var ours)
                && uri.Authority == ours.Authority);
    }

    // The root, a page without a language, and the link that chooses one.
    private static IResult ToLanguage(HttpRequest request, string path)
    {
        var response = request.HttpContext.Response;
        response.Headers.Vary = "Accept-Language, Cookie";
        if (path == Root + "/language" && request.Query["to"].ToString() is var to && PortalTexts.Languages.Contains(to))
        {
            response.Cookies.Append(
                LanguageCookie, to,
                new CookieOptions
                {
                    Path = Root,
                    MaxAge = TimeSpan.FromDays(365),
                    HttpOnly = true,
                    Secure = request.IsHttps,
                    SameSite = SameSiteMode.Lax,
                });
            var back = request.Query["return"].ToString();
            // Only to a page of ours: an address that begins with two slashes, or a slash and a backslash, is another host's.
            return Results.Redirect(
                back.StartsWith($"{Root}/{to}", StringComparison.Ordinal) && !back.Contains('\\', StringComparison.Ordinal)
                    ? back
                    : $"{Root}/{to}");
        }

        var rest = path.Length > Root.Length + 1 ? path[Root.Length..] : "";
        var language = request.Cookies[LanguageCookie] is { } chosen && PortalTexts.Languages.Contains(chosen)
            ? chosen
            : Preferred(request);
        return Results.Redirect(
            $"{Root}/{language}{new PathString(rest.Length == 0 ? null : rest).ToUriComponent()}{request.QueryString.ToUriComponent()}");
    }

    private static string Preferred(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(accepted => accepted.Quality ?? 1)
            .Select(accepted => accepted.Value.ToString().Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(PortalTexts.Languages.Contains) ?? PortalTexts.Languages[0];

    private PortalView View(HttpRequest request, string language) => new()
    {
        Language = language,
        Address = PageAddress.Of(request),
        Root = _address.Root(request),
        PortalName = _settings.PortalName is { Length: > 0 } name ? name : PortalTexts.Get(language, "layout.name"),
        Time = _local,
        Now = _time.GetUtcNow(),
        AssetAddress = _assets.AddressOf,
    };
}

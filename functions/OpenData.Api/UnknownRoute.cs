using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using OpenData.Api.Pipeline;
using OpenData.Api.Reference;
using OpenData.Api.Routing;

namespace OpenData.Api;

/// <summary>
/// Answers what no other route takes: the root and <c>/data.json</c> lead to where they are expected, other paths are a 404, and a route's
/// path with another method is a 405, in the contract's JSON.
/// </summary>
public static class UnknownRoute
{
    private static readonly (TemplateMatcher Path, string[] Methods)[] Known =
        [.. ApiRoutes.All.Select(route => (new TemplateMatcher(TemplateParser.Parse(route.Path), []), route.Methods))];

    /// <summary>Answers a request.</summary>
    public static IResult Answer(HttpRequest request)
    {
        var (context, path) = (request.HttpContext, request.Path.Value ?? "/");
        StandardHeaders.Add(context.Response);
        if (HttpMethods.IsOptions(request.Method))
        {
            CorsHeaders.AnswerPreflight(context.Response);
            return Results.StatusCode(context.Response.StatusCode);
        }

        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            if (path == "/") return Results.Redirect($"/{Routes.PortalRoot}");
            if (path == "/data.json") return Results.Redirect($"/{Routes.CatalogExports}/data.json"); // where DCAT-US harvesters look
        }

        var methods = Known.Where(known => known.Path.TryMatch(path, []))
            .SelectMany(known => known.Methods).Distinct().Order(StringComparer.Ordinal).ToList();
        if (methods.Count == 0)
        {
            return ErrorAnswer.ToResult(
                404, "NotFound", $"There is nothing at this address. /{Routes.Reference} lists what there is.");
        }

        context.Response.Headers.Allow = string.Join(", ", methods);
        return ErrorAnswer.ToResult(
            405, "MethodNotAllowed", $"{request.Method} means nothing here: there are {string.Join(", ", methods)}.");
    }
}

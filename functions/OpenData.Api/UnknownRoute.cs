using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using OpenData.Api.Pipeline;
using OpenData.Api.Reference;
using OpenData.Api.Routing;

namespace OpenData.Api;

/// <summary>The answer to a request that no route takes: 404, or 405 where the path is a route for other methods, in the contract's JSON.</summary>
internal static class UnknownRoute
{
    private static readonly (TemplateMatcher Path, string[] Methods)[] Known =
        [.. ApiRoutes.All.Select(route => (new TemplateMatcher(TemplateParser.Parse(route.Path), []), route.Methods))];

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request's context.</param>
    /// <param name="path">The path below <see cref="Routes.Prefix"/>.</param>
    public static IResult Answer(HttpContext context, string? path)
    {
        CorsHeaders.Add(context.Response);
        var methods = Known.Where(known => known.Path.TryMatch($"/{path}", []))
            .SelectMany(known => known.Methods).Distinct().Order(StringComparer.Ordinal).ToList();
        if (methods.Count == 0)
        {
            return ErrorAnswer.ToResult(
                404, "NotFound", $"There is nothing at this address. /{Routes.Prefix}/{Routes.Reference} lists what there is.");
        }

        context.Response.Headers.Allow = string.Join(", ", methods);
        return ErrorAnswer.ToResult(
            405, "MethodNotAllowed", $"{context.Request.Method} means nothing here: there are {string.Join(", ", methods)}.");
    }
}

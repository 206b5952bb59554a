using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using OpenData.Api.Reference;

namespace OpenData.Api;

/// <summary>What is asked below <see cref="Routes.Prefix"/> and is no route: 404, or 405 where the path is one for other methods, in the contract's JSON.</summary>
internal static class Unrouted
{
    private static readonly (TemplateMatcher Path, string[] Methods)[] Known =
        [.. ApiRoutes.All.Select(route => (new TemplateMatcher(TemplateParser.Parse(route.Path), []), route.Methods))];

    public static IResult Answer(HttpContext context, string? path)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        var methods = Known.Where(known => known.Path.TryMatch($"/{path}", [])).SelectMany(known => known.Methods).Distinct().Order(StringComparer.Ordinal).ToList();
        if (methods.Count == 0) return Refusal(404, "NotFound", $"There is nothing at this address. /{Routes.Prefix}/{Routes.Reference} lists what there is.");
        context.Response.Headers.Allow = string.Join(", ", methods);
        return Refusal(405, "MethodNotAllowed", $"{context.Request.Method} means nothing here: there are {string.Join(", ", methods)}.");
    }

    private static IResult Refusal(int status, string errorCode, string message) => Results.Json(new { message, error_code = errorCode }, OpenDataJson.Options, statusCode: status);
}

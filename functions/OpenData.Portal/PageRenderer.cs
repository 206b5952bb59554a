using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using OpenData.Portal.Layout;
using OpenData.Portal.Rendering;

namespace OpenData.Portal;

/// <summary>Writes pages as HTML on the server.</summary>
internal sealed class PageRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    private const string ContentPolicy =
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>An answer with a page.</summary>
    public async Task<IResult> RenderAsync(Page page, PortalView view)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(PortalLayout.View)] = view,
                [nameof(PortalLayout.Frame)] = new PageFrame(page, view.Address),
            });
            var root = await renderer.RenderComponentAsync<PortalLayout>(parameters);
            return root.ToHtmlString();
        });
        return new PageResult(Encoding.UTF8.GetBytes(html), page.Status, page.Cacheable);
    }

    /// <summary>A page as bytes; a reader who has the same already gets 304.</summary>
    private sealed class PageResult(byte[] html, int status, bool cacheable) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var (request, response) = (httpContext.Request, httpContext.Response);
            response.Headers.ContentSecurityPolicy = ContentPolicy;
            response.Headers["Referrer-Policy"] = "same-origin";
            response.StatusCode = status;
            if (status == StatusCodes.Status200OK)
            {
                var etag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(html), 0, 16)}\"", isWeak: true);
                response.GetTypedHeaders().ETag = etag;
                response.Headers.CacheControl = cacheable ? "public, max-age=60" : "private, no-cache";
                if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Tag == "*" || known.Compare(etag, useStrongComparison: false)))
                {
                    response.StatusCode = StatusCodes.Status304NotModified;
                    return;
                }
            }

            response.ContentType = "text/html; charset=utf-8";
            await response.Body.WriteAsync(html, httpContext.RequestAborted);
        }
    }
}

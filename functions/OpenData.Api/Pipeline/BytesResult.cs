using Microsoft.AspNetCore.Http;

namespace OpenData.Api.Pipeline;

/// <summary>An answer whose body is in memory.</summary>
internal sealed class BytesResult(ReadOnlyMemory<byte> content, string contentType) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = contentType;
        await httpContext.Response.Body.WriteAsync(content, httpContext.RequestAborted);
    }
}

using Microsoft.AspNetCore.Http;
using OpenData.Api.Pipeline;

namespace OpenData.Api.Mcp;

/// <summary>
/// The HTTP request that a tool is called in. It is the service provider of the protocol's server, by which tools receive it.
/// </summary>
internal sealed class McpCall(HttpRequest request, UsageDetails details) : IServiceProvider
{
    /// <summary>The request, for links.</summary>
    public HttpRequest Request => request;

    /// <summary>What the usage event says about the call.</summary>
    public UsageDetails Details => details;

    /// <inheritdoc/>
    public object? GetService(Type serviceType) => serviceType == typeof(McpCall) ? this : null;
}

using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using OpenData.Api.Pipeline;
using OpenData.Usage;

namespace OpenData.Api.Mcp;

/// <summary>
/// The Model Context Protocol over streamable HTTP (https://modelcontextprotocol.io/specification), by which assistants search, describe
/// and query the datasets. It is stateless: every POST is one message, which any instance can answer.
/// </summary>
/// <remarks>
/// The protocol itself is the C# SDK's. Its ASP.NET Core package maps routes of its own, which the Functions host cannot do, so this
/// endpoint drives the transport of the SDK's core package.
/// </remarks>
public sealed class McpEndpoint(McpTools tools, RequestPipeline pipeline, ILoggerFactory loggers)
{
    private const int MaxBytes = 64 * 1024;
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    /// <summary>Answers one message: a request with an event stream that ends with its response, a notification with 202.</summary>
    public IResult Handle(HttpRequest request) => pipeline.Run(UsageKind.Catalog, null, async (details, cancellation) =>
    {
        var body = await JsonRequest.ReadAsync(request, MaxBytes, cancellation);
        try
        {
            var message = body.Root.Deserialize<JsonRpcMessage>(McpJsonUtilities.DefaultOptions)!;
            return new MessageResult(message, Options(), new McpCall(request, details), loggers);
        }
        catch (JsonException)
        {
            throw new ApiException(
                400, "InvalidBody",
                "The body must be one JSON-RPC 2.0 message, such as {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}.");
        }
    });

    private McpServerOptions Options() => new()
    {
        ServerInfo = new Implementation
        {
            Name = "OpenDataServerless",
            Version = typeof(McpEndpoint).Assembly.GetName().Version!.ToString(3),
        },
        ServerInstructions = McpTools.Instructions,
        ToolCollection = tools.All,
        ScopeRequests = false,
        Filters =
        {
            Request = { CallToolFilters = { next => async (call, token) => McpArguments.Check(call) ?? await next(call, token) } },
        },
    };

    private sealed class MessageResult(JsonRpcMessage message, McpServerOptions options, McpCall call, ILoggerFactory loggers) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var (response, cancellation) = (httpContext.Response, httpContext.RequestAborted);
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-store";
            response.Headers.ContentEncoding = "identity"; // a compressor would hold the events back
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var transport = new StreamableHttpServerTransport(loggers) { Stateless = true };
            var server = McpServer.Create(transport, options, loggers, call);
            var running = server.RunAsync(stop.Token);
            try
            {
                if (await transport.HandlePostRequestAsync(message, response.Body, cancellation)) return;
                response.Headers.ContentType = default;
                response.StatusCode = StatusCodes.Status202Accepted;
            }
            finally
            {
                await stop.CancelAsync();
                await transport.DisposeAsync();
                await running.WaitAsync(StopPatience, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await server.DisposeAsync();
            }
        }
    }
}

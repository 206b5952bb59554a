using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenData.FunctionApp;

namespace OpenData.Tests.FunctionApp;

/// <summary>
/// What the Functions host does around a worker, so that it can be used from outside: routes requests to the functions by their triggers,
/// asks for the master key where a function wants it, announces each blob that was dropped, and hands on the messages of the queues;
/// a message on which its function fails is moved to the queue's own poison queue.
/// </summary>
internal sealed class FunctionsFrontEnd : IAsyncDisposable
{
    /// <summary>What a caller of an administrator's function sends as <c>x-functions-key</c>.</summary>
    public const string MasterKey = "the-master-key";

    private readonly FunctionsHost _host;
    private readonly WebApplication _server;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, bool> _announced = [];
    private Task _triggers = Task.CompletedTask;

    private FunctionsFrontEnd(FunctionsHost host)
    {
        _host = host;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        foreach (var function in Function.Http)
        {
            var route = $"/{(string?)function.Trigger["route"]}";
            var isAdministrators = string.Equals((string?)function.Trigger["authLevel"], "Admin", StringComparison.OrdinalIgnoreCase);
            Task PassOn(HttpContext context) => PassOnAsync(context, function.Name, isAdministrators);
            if (function.Methods.Any()) _server.MapMethods(route, function.Methods, PassOn);
            else _server.Map(route, PassOn);
        }
    }

    /// <summary>Where it answers, such as <c>http://127.0.0.1:51234</c>.</summary>
    public string Url => _server.Urls.Single();

    /// <summary>Starts it.</summary>
    /// <param name="host">The worker's host.</param>
    /// <param name="isRefusing">Whether the function on the queue of failed drops throws every time.</param>
    public static async Task<FunctionsFrontEnd> StartAsync(FunctionsHost host, bool isRefusing = false)
    {
        var front = new FunctionsFrontEnd(host);
        await front._server.StartAsync();
        await host.Storage.FailedDrops.CreateIfNotExistsAsync(); // as the deployment does
        front._triggers = Task.WhenAll(
            front.AnnounceAsync(),
            front.HandOnAsync(host.Storage.Retries, message => host.InvokeAsync(nameof(IngestFunctions.Retry), message)),
            front.HandOnAsync(
                host.Storage.FailedDrops,
                message => isRefusing ? Task.FromResult("Failure") : host.InvokeAsync(nameof(IngestFunctions.RetryFailed), message)));
        return front;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _triggers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _server.DisposeAsync();
        _stop.Dispose();
    }

    private async Task PassOnAsync(HttpContext context, string function, bool isAdministrators)
    {
        if (isAdministrators && context.Request.Headers["x-functions-key"] != MasterKey)
        {
            context.Response.StatusCode = 401;
            return;
        }

        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method), $"{context.Request.PathBase}{context.Request.Path}{context.Request.QueryString}");
        if (context.Request.ContentLength > 0) request.Content = new StreamContent(context.Request.Body);
        foreach (var header in context.Request.Headers.Where(header => header.Key is not ("Host" or "Transfer-Encoding")))
        {
            if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray()))
            {
                request.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray());
            }
        }

        var route = context.Request.RouteValues.Select(value => (value.Key, (string)value.Value!)).ToArray();
        using var answer = await _host.SendAsync(function, request, route);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var header in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
        {
            context.Response.Headers[header.Key] = header.Value.ToArray();
        }

        await answer.Content.CopyToAsync(context.Response.Body);
    }

    // As Event Grid tells of each blob that was written.
    private async Task AnnounceAsync()
    {
        while (true)
        {
            await foreach (var blob in _host.Storage.Incoming.GetBlobsAsync(cancellationToken: _stop.Token))
            {
                if (!_announced.TryAdd($"{blob.Name} {blob.Properties.ETag}", true)) continue;
                await _host.InvokeAsync(
                    nameof(IngestFunctions.IngestOnEvent), FunctionsHost.BlobData(_host.Storage.Incoming.Name, blob.Name));
            }

            await Task.Delay(50, _stop.Token);
        }
    }

    private async Task HandOnAsync(QueueClient queue, Func<JsonObject, Task<string>> invoke)
    {
        while (true)
        {
            foreach (var message in (await queue.ReceiveMessagesAsync(_stop.Token)).Value)
            {
                var outcome = await invoke(new JsonObject { ["json"] = message.Body.ToString() });
                if (outcome != "Success" && queue.Name == _host.Storage.FailedDrops.Name)
                {
                    await _host.Storage.RefusedDrops.CreateIfNotExistsAsync(cancellationToken: _stop.Token);
                    await _host.Storage.RefusedDrops.SendMessageAsync(message.Body, cancellationToken: _stop.Token);
                }

                await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, _stop.Token);
            }

            await Task.Delay(50, _stop.Token);
        }
    }
}

using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using OpenData.Lake;
using OpenData.LocalHost.Azurite;
using OpenData.Tests.LocalHost;

namespace OpenData.Tests.FunctionApp;

/// <summary>
/// The little of the Functions host that the worker talks to: a stream of protocol buffers over gRPC on which the host asks and the worker
/// answers (https://github.com/Azure/azure-functions-language-worker-protobuf), and HTTP requests passed on to the worker's own server.
/// Here the worker is the real one, a process started as the host starts it, on an Azurite of its own; the messages are written as JSON.
/// </summary>
public sealed class FunctionsHost : IAsyncLifetime, IDisposable
{
    /// <summary>The name that the public knows, a setting of the worker.</summary>
    public const string PublicHost = "data.example.org";

    /// <summary>The id of the Front Door that the worker is told is in front of it.</summary>
    public const string FrontDoorId = "5d1b7e0a-3c5f-4f0e-9a53-0d6c2b1f8e77";

    private static readonly (string Header, string Value)[] Forwarded =
        [("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-Host", "127.0.0.1:7071"), ("X-Forwarded-Proto", "http")];

    private const int PrefixBytes = 5; // before each message: whether it is compressed, and how long it is
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // The worker's own package has the messages' definitions, and keeps them to itself.
    private static readonly MessageDescriptor Message = ((FileDescriptor)Assembly.Load("Microsoft.Azure.Functions.Worker.Grpc")
        .GetType("Microsoft.Azure.Functions.Worker.Grpc.Messages.FunctionRpcReflection", throwOnError: true)!
        .GetProperty("Descriptor")!.GetValue(null)!).FindTypeByName<MessageDescriptor>("StreamingMessage");

    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonNode>> _answers = [];
    private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly string _cache = Directory.CreateTempSubdirectory("opendata-worker-").FullName;
    private AzuriteServer _azurite = null!;
    private WebApplication _server = null!;
    private HostProcess _worker = null!;
    private HttpClient _http = null!;

    /// <summary>
    /// The functions that the worker says it has, by name, and what it said when told to make each ready: <c>Success</c>, or its whole
    /// answer.
    /// </summary>
    internal Dictionary<string, (string Id, string Loaded)> Functions { get; } = [];

    internal Storage Storage { get; private set; } = null!;

    /// <summary>By which <see cref="Storage"/> is reached.</summary>
    internal string ConnectionString => _azurite.ConnectionString;

    public async Task InitializeAsync()
    {
        await AzuriteInstallation.EnsureAsync(() => { });
        _azurite = await AzuriteServer.StartInMemoryAsync();
        Storage = StorageConnection.Open(_azurite.ConnectionString);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        _server = builder.Build();
        _server.MapPost("/AzureFunctionsRpcMessages.FunctionRpc/EventStream", ListenAsync);
        await _server.StartAsync();

        _worker = HostProcess.Start(
            "OpenData.FunctionApp",
            [
                "--functions-uri", _server.Urls.Single(), "--functions-worker-id", "worker", "--functions-request-id", "start",
                "--functions-grpc-max-message-length", $"{int.MaxValue}"
            ],
            new Dictionary<string, string>
            {
                ["FUNCTIONS_APPLICATION_DIRECTORY"] = AppContext.BaseDirectory,
                ["FUNCTIONS_WORKER_DIRECTORY"] = AppContext.BaseDirectory,
                [StorageConnection.Setting] = _azurite.ConnectionString,
                ["CachePath"] = _cache,
                ["PublicUrl"] = $"https://{PublicHost}",
                ["FrontDoorId"] = FrontDoorId,
            });
        var started = await AskAsync("workerInitRequest", new JsonObject { ["functionAppDirectory"] = AppContext.BaseDirectory });
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri((string)started["workerInitResponse"]!["capabilities"]!["HttpUri"]!),
        };
        await WaitAsync(ListeningAsync(_http.BaseAddress));
        var indexed = await AskAsync("functionsMetadataRequest", new JsonObject { ["functionAppDirectory"] = AppContext.BaseDirectory });
        foreach (var function in indexed["functionMetadataResponse"]!["functionMetadataResults"]!.AsArray())
        {
            var id = (string)function!["functionId"]!;
            var loaded = await AskAsync("functionLoadRequest", new JsonObject { ["functionId"] = id, ["metadata"] = function.DeepClone() });
            Functions.Add((string)function["name"]!, (id, Outcome(loaded["functionLoadResponse"]!)));
        }
    }

    // The worker may name its own server's address before that listens.
    private static async Task ListeningAsync(Uri address)
    {
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(address.Host, address.Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(20);
            }
        }
    }

    public async Task DisposeAsync()
    {
        await SendAsync(new JsonObject { ["workerTerminate"] = new JsonObject() });
        await _worker.ExitAsync();
        await _worker.DisposeAsync();
        await _server.DisposeAsync();
        await _azurite.DisposeAsync();
        Directory.Delete(_cache, recursive: true);
    }

    public void Dispose()
    {
        _http.Dispose();
        _turn.Dispose();
    }

    /// <summary>Runs a function as its trigger does.</summary>
    /// <param name="name">The function's name.</param>
    /// <param name="data">What its trigger's parameter is made of.</param>
    /// <returns><c>Success</c>, or the worker's whole answer.</returns>
    internal Task<string> InvokeAsync(string name, JsonObject data) => InvokeAsync(name, Guid.NewGuid(), data, []);

    /// <summary>What the host tells a blob trigger's parameter of a blob: where it is, and by which setting it is reached.</summary>
    internal static JsonObject BlobData(string container, string blob)
    {
        var reference = BinaryData.FromObjectAsJson(
            new { Connection = StorageConnection.Setting, ContainerName = container, BlobName = blob });
        return new JsonObject
        {
            ["modelBindingData"] = new JsonObject
            {
                ["version"] = "1.0",
                ["source"] = "AzureStorageBlobs",
                ["contentType"] = "application/json",
                ["content"] = Convert.ToBase64String(reference),
            },
        };
    }

    /// <summary>
    /// Passes a GET on to the worker's own server, and runs the function for whose route it is, as the host does at once.
    /// </summary>
    /// <param name="name">The function's name.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="route">What the host found in the path for the route's parameters.</param>
    internal async Task<JsonNode> GetAsync(string name, string path, params (string Name, string Value)[] route)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var answer = await SendAsync(name, request, route);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path} answered {(int)answer.StatusCode}: {text}\n{_worker.Output}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>
    /// Passes a request on to the worker's own server, and runs the function for whose route it is, as the host does at once.
    /// </summary>
    /// <param name="name">The function's name.</param>
    /// <param name="request">The request, with a path and query for its address.</param>
    /// <param name="route">What the host found in the path for the route's parameters.</param>
    internal async Task<HttpResponseMessage> SendAsync(string name, HttpRequestMessage request, params (string Name, string Value)[] route)
    {
        var invocation = Guid.NewGuid();
        request.Headers.Add("x-ms-invocation-id", invocation.ToString());
        // The host's forwarder replaces these with its own peer, whatever the caller and the platform's proxies wrote.
        foreach (var (header, value) in Forwarded)
        {
            request.Headers.Remove(header);
            request.Headers.Add(header, value);
        }

        var answering = _http.SendAsync(request);
        var outcome = await InvokeAsync(name, invocation, new JsonObject { ["http"] = new JsonObject() }, route);
        var answer = await answering;
        Assert.True(outcome == "Success", $"{request.RequestUri} answered {(int)answer.StatusCode}\n{outcome}\n{_worker.Output}");
        return answer;
    }

    private async Task<string> InvokeAsync(string name, Guid invocation, JsonObject data, (string Name, string Value)[] route)
    {
        var trigger = Function.All.Single(function => function.Name == name).Trigger;
        var answer = await AskAsync("invocationRequest", new JsonObject
        {
            ["invocationId"] = invocation.ToString(),
            ["functionId"] = Functions[name].Id,
            ["inputData"] = new JsonArray(new JsonObject { ["name"] = (string?)trigger["name"], ["data"] = data }),
            ["triggerMetadata"] = new JsonObject(
                route.Select(value => KeyValuePair.Create<string, JsonNode?>(value.Name, new JsonObject { ["string"] = value.Value }))),
            ["traceContext"] = new JsonObject(),
        });
        return Outcome(answer["invocationResponse"]!);
    }

    private static string Outcome(JsonNode response) =>
        (string?)response["result"]!["status"] is "Success" ? "Success" : response.ToJsonString();

    private async Task<JsonNode> AskAsync(string kind, JsonObject content)
    {
        var id = Guid.NewGuid().ToString();
        var answer = _answers[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync(new JsonObject { ["requestId"] = id, [kind] = content });
        return await WaitAsync(answer.Task);
    }

    private async Task SendAsync(JsonObject message)
    {
        var bytes = JsonParser.Default.Parse(message.ToJsonString(), Message).ToByteArray();
        var framed = new byte[PrefixBytes + bytes.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), bytes.Length);
        bytes.CopyTo(framed, PrefixBytes);
        var stream = await WaitAsync(_stream.Task);
        await _turn.WaitAsync();
        try
        {
            await stream.WriteAsync(framed);
            await stream.FlushAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    private Task WaitAsync(Task task) => WaitAsync(task.ContinueWith(done => done.IsCompletedSuccessfully, TaskScheduler.Default));

    private async Task<T> WaitAsync<T>(Task<T> task)
    {
        try
        {
            return await task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The worker did not answer. It said:\n{_worker.Output}");
        }
    }

    // The worker calls once, and the call lasts as long as it does.
    private async Task ListenAsync(HttpContext call)
    {
        call.Response.ContentType = "application/grpc";
        await call.Response.StartAsync();
        _stream.SetResult(call.Response.Body);
        var prefix = new byte[PrefixBytes];
        while (await call.Request.Body.ReadAtLeastAsync(prefix, PrefixBytes, throwOnEndOfStream: false) == PrefixBytes)
        {
            var bytes = new byte[BinaryPrimitives.ReadInt32BigEndian(prefix.AsSpan(1))];
            await call.Request.Body.ReadExactlyAsync(bytes);
            var message = JsonNode.Parse(JsonFormatter.Default.Format(Message.Parser.ParseFrom(bytes)))!;
            if (_answers.TryRemove((string?)message["requestId"] ?? "", out var asked)) asked.SetResult(message);
        }
    }
}

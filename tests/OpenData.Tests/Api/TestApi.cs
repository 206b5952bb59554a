using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenData.Api;
using OpenData.Api.Pipeline;
using OpenData.Lake;
using OpenData.Portal;

namespace OpenData.Tests.Api;

/// <summary>The API and the pages on a free port of this machine, with storage and a cache of its own.</summary>
internal sealed class TestApi : IAsyncDisposable
{
    /// <summary>Where the Explore API begins.</summary>
    public const string Explore = "/api/explore/v2.1/catalog";

    private readonly WebApplication _app;
    private readonly string _cache;
    private readonly FaultLog _faults;

    private TestApi(WebApplication app, Storage storage, string cache, FaultLog faults)
    {
        _faults = faults;
        _app = app;
        _cache = cache;
        Storage = storage;
        Http = new HttpClient
        {
            BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()),
        };
    }

    public Storage Storage { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<TestApi> StartAsync(
        Storage? storage = null, Func<OpenDataSettings, OpenDataSettings>? settings = null, TimeProvider? time = null)
    {
        storage ??= await TestStorage.CreateAsync();
        var cache = Directory.CreateTempSubdirectory("opendata-test-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        var faults = new FaultLog();
        builder.Logging.ClearProviders().AddProvider(faults);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(storage);
        if (time is not null) builder.Services.AddSingleton(time);
        var set = new OpenDataSettings { CachePath = cache };
        builder.Services.AddSingleton(settings?.Invoke(set) ?? set);
        builder.Services.AddOpenDataApi(builder.Configuration).AddOpenDataPortal().AddSingleton(new CallerSource(FromConnection: true));
        var app = builder.Build();
        app.MapOpenDataApi();
        app.MapOpenDataPortal();
        await app.StartAsync();
        return new TestApi(app, storage, cache, faults);
    }

    /// <summary>The JSON answer to a GET, which must have the status given.</summary>
    public async Task<JsonElement> GetAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await Http.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{path} answered {(int)response.StatusCode}: {text}\n{string.Join("\n", _faults)}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_cache, recursive: true);
    }

    /// <summary>What the server logged as its own faults.</summary>
    private sealed class FaultLog : ConcurrentQueue<string>, ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) Enqueue($"{formatter(state, exception)}: {exception}");
        }

        public void Dispose()
        {
        }
    }
}

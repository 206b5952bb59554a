using OpenData.Api;
using OpenData.Api.Pipeline;
using OpenData.Catalog;
using OpenData.Catalog.Publication;
using OpenData.Lake;
using OpenData.LocalHost.Azurite;
using OpenData.Portal;
using Spectre.Console;

namespace OpenData.LocalHost.Serving;

/// <summary>
/// One run of the host: storage, HTTP, the triggers, and what happens as lines on the terminal. It holds no logic of its own.
/// </summary>
internal static class LocalServer
{
    /// <summary>Runs until cancelled, or once through.</summary>
    /// <returns>The process's exit code: 0, or 1 on a fault.</returns>
    public static async Task<int> RunAsync(LocalServerOptions options, CancellationToken cancellation)
    {
        var narrator = new Narrator(AnsiConsole.Console);
        narrator.Heading("OpenDataServerless");
        narrator.Line($"Folder: {Repository.Root}, data in {options.Data}");
        var azurite = options.Storage is null && RunningStorage.Find(options.Data) is null
            ? StartAzuriteAsync(options, narrator, cancellation) // it starts while the host is built
            : null;
        try
        {
            await using var app = Build(options, narrator);
            app.Configuration[StorageConnection.Setting] = azurite is null
                ? UseRunning(options, narrator)
                : (await azurite).ConnectionString;
            return await RunAsync(app, options, narrator, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return options.Once ? 1 : 0; // without --once, stopping is the expected end
        }
        catch (Exception e) when (Explain(e, options) is { } explanation)
        {
            narrator.Warn(explanation);
            return 1;
        }
        finally
        {
            if (azurite is { IsCompletedSuccessfully: true })
            {
                RunningStorage.Remove(options.Data);
                await (await azurite).DisposeAsync(); // last, because everything else writes to it
            }
        }
    }

    private static string? UseRunning(LocalServerOptions options, Narrator narrator)
    {
        if (options.Storage is not null || RunningStorage.Find(options.Data) is not { } running) return options.Storage;
        narrator.Line(
            $"Storage: that of the host that already runs on {options.Data} (process {running.ProcessId}); it ends with that host");
        return running.ConnectionString;
    }

    private static async Task<AzuriteServer> StartAzuriteAsync(
        LocalServerOptions options, Narrator narrator, CancellationToken cancellation)
    {
        await AzuriteInstallation.EnsureAsync(
            () => narrator.Line("Installing Azurite, the storage emulator, with npm (once, about half a minute) …"), cancellation);
        var folder = Path.Combine(options.Data, "azurite");
        var azurite = await AzuriteServer.StartAsync(folder, cancellation);
        RunningStorage.Write(options.Data, azurite.ConnectionString);
        narrator.Line(azurite.HasDefaultPorts
            ? $"Storage: Azurite on 127.0.0.1, ports 10000 to 10002, in {folder}"
            : $"Storage: Azurite in {folder}. Another program has one of the ports 10000 to 10002, so it listens on "
                + $"{string.Join(", ", azurite.Endpoints)}; drop and key find it by {options.Data}");
        return azurite;
    }

    private static WebApplication Build(LocalServerOptions options, Narrator narrator)
    {
        // Settings come from the environment; an appsettings.json in whatever folder the command was given in is none of ours.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(options.Urls);
        builder.Logging.SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // Explain says why it does not start
        builder.Configuration["CachePath"] ??= Path.Combine(options.Data, "cache");
        // On one machine everybody is one address.
        builder.Configuration["CallsPerMinute"] ??= "600000";
        builder.Services
            .AddOpenDataApi(builder.Configuration)
            .AddOpenDataPortal()
            .AddSingleton(new CallerSource(FromConnection: true))
            .AddSingleton(narrator)
            .AddSingleton<DropWatcher>()
            .AddSingleton<UpkeepTimer>()
            .AddSingleton<IHostLifetime, CommandLineLifetime>();
        var app = builder.Build();
        app.MapOpenDataApi();
        app.MapOpenDataPortal();
        return app;
    }

    private static async Task<int> RunAsync(
        WebApplication app, LocalServerOptions options, Narrator narrator, CancellationToken cancellation)
    {
        var storage = app.Services.GetRequiredService<Storage>();
        var drops = app.Services.GetRequiredService<DropWatcher>();
        var upkeep = app.Services.GetRequiredService<UpkeepTimer>();
        await storage.CreateAsync(cancellation);
        await app.StartAsync(cancellation);
        try
        {
            var dropped = options.Sample ? await SampleDrops.DropAsync(storage, cancellation) : 0;
            if (dropped > 0)
            {
                narrator.Line($"First start: dropped the {dropped} synthetic sample files of samples/ into incoming/");
            }

            narrator.Heading("Drops");
            var ended = await drops.LookAsync(cancellation);
            var catalog = await app.Services.GetRequiredService<PublishedDatasets>().ListAsync(cancellation).ToListAsync(cancellation);
            var all = await app.Services.GetRequiredService<DatasetCatalog>().ListAsync(cancellation).CountAsync(cancellation);
            narrator.Tell(catalog, all - catalog.Count(entry => entry.Access.Rights == AccessRights.Public));

            // The first start shows the report that it makes; later ones serve the last report while the next one is made.
            var again = !options.Once && dropped == 0 && catalog.Count > 0;
            if (again) narrator.TellUrls(app.Urls.First(), catalog);
            narrator.Heading("Planners' report");
            var watching = options.Once ? Task.CompletedTask : drops.RunAsync(cancellation); // a drop does not wait for the report
            var reported = await upkeep.ReportAsync(cancellation);
            if (options.Once) return ended && reported ? 0 : 1;

            if (!again) narrator.TellUrls(app.Urls.First(), catalog);
            await Task.WhenAll(watching, upkeep.RunAsync(cancellation));
            return 0;
        }
        finally
        {
            narrator.Line("Stopping …");
            await app.StopAsync(CancellationToken.None);
        }
    }

    private static string? Explain(Exception e, LocalServerOptions options) => e switch
    {
        AzuriteException => e.Message,
        SettingException => e.Message,
        IOException when e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException =>
            $"{options.Urls} is in use by another program. Stop it, or listen elsewhere: --urls http://127.0.0.1:7072",
        FormatException or InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" } =>
            $"Nothing can listen on '{options.Urls}': {e.Message} Write it as http://127.0.0.1:7071",
        IOException or UnauthorizedAccessException =>
            $"The folder {options.Data} cannot be used: {e.Message} Name another with --data.",
        Azure.RequestFailedException or AggregateException { InnerException: Azure.RequestFailedException } =>
            $"Storage does not answer or refuses us: {e.Message.Split('\n')[0]} Check --storage (or the setting "
            + $"{StorageConnection.Setting}).",
        _ => null,
    };

    /// <summary>Ctrl-C is the command line's to handle, see Program.cs.</summary>
    private sealed class CommandLineLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

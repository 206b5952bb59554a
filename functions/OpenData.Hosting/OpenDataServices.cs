using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenData.Access;
using OpenData.Catalog;
using OpenData.Catalog.Publication;
using OpenData.Demand.Drops;
using OpenData.Demand.Requests;
using OpenData.Ingest.Publishing;
using OpenData.Lake;
using OpenData.Planning;
using OpenData.Planning.Inputs;
using OpenData.Query;
using OpenData.Usage;

namespace OpenData.Hosting;

/// <summary>Registers the product's services, for every host alike.</summary>
public static class OpenDataServices
{
#pragma warning disable RS0030 // The one place where the system's clock enters; everything else takes it from the container.
    /// <summary>The system's clock, for the container and for commands that run without one.</summary>
    public static TimeProvider SystemTime { get; } = TimeProvider.System;
#pragma warning restore RS0030

    /// <summary>Adds everything; a <see cref="Storage"/> or <see cref="TimeProvider"/> that is there already stays.</summary>
    /// <exception cref="SettingException">A setting has a value of the wrong kind; its name is in the message.</exception>
    public static IServiceCollection AddOpenData(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(SystemTime);
        services.TryAddSingleton(ReadSettings(configuration));
        services.TryAddSingleton(_ => StorageConnection.Open(configuration));
        services.AddSingleton(provider => new LocalTime(provider.GetRequiredService<OpenDataSettings>().TimeZone));
        services.AddSingleton<UsageLog>();
        services.AddSingleton<DatasetCatalog>();
        services.AddSingleton<PublishedDatasets>();
        services.AddSingleton<UploadLog>();
        services.AddSingleton(provider =>
        {
            var settings = provider.GetRequiredService<OpenDataSettings>();
            return new ParquetCache(provider.GetRequiredService<Storage>(), settings.CachePath, settings.CacheBytes);
        });
        services.AddSingleton<QueryEngine>();
        services.AddSingleton<Ingestor>();
        services.AddSingleton<DropReceiver>();
        services.AddSingleton<Sweeper>();
        services.AddSingleton<PublicationDesk>();
        services.AddSingleton<Purge>();
        services.AddSingleton<UnannouncedDrops>();
        services.AddSingleton<RequestBoard>();
        services.AddSingleton<FeedbackLog>();
        services.AddSingleton<WriteQuota>();
        services.AddSingleton<KeyStore>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<CurrentPlan>();
        services.AddSingleton<ReportSources>();
        services.AddSingleton<ReportRun>();
        services.AddSingleton<Upkeep>();
        return services;
    }

    private static OpenDataSettings ReadSettings(IConfiguration configuration)
    {
        try
        {
            var settings = configuration.Get<OpenDataSettings>() ?? new OpenDataSettings();
            return settings.PublicUrl is not { Length: > 0 } && configuration["WEBSITE_HOSTNAME"] is { Length: > 0 } host
                ? settings with { PublicUrl = $"{(host.StartsWith("localhost", StringComparison.Ordinal) ? "http" : "https")}://{host}" }
                : settings;
        }
        catch (InvalidOperationException e)
        {
            throw new SettingException($"A setting has a value of the wrong kind. {e.Message}");
        }
    }
}

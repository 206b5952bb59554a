using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenData.Api.Pipeline;
using OpenData.Api.Routing;
using OpenData.Portal.Assets;
using OpenData.Portal.Desk;
using OpenData.Portal.Requests;

namespace OpenData.Portal;

/// <summary>Registers the pages, and maps their route where ASP.NET Core does the routing.</summary>
public static class PortalServices
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "OPTIONS"];

    /// <summary>Adds the pages to a host that has the API.</summary>
    public static IServiceCollection AddOpenDataPortal(this IServiceCollection services)
    {
        services.AddSingleton<AssetStore>().AddSingleton<PageRenderer>().AddSingleton<RequestViews>().AddSingleton<DeskSessions>();
        foreach (var handler in PageTable.Handlers) services.AddSingleton(handler);
        return services.AddSingleton(provider => new PortalEndpoints(
            provider,
            provider.GetRequiredService<RequestPipeline>(),
            provider.GetRequiredService<PageRenderer>(),
            provider.GetRequiredService<AssetStore>(),
            provider.GetRequiredService<PublicAddress>(),
            provider.GetRequiredService<OpenDataSettings>(),
            provider.GetRequiredService<LocalTime>(),
            provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Maps <see cref="Routes.Portal"/>.</summary>
    public static void MapOpenDataPortal(this IEndpointRouteBuilder endpoints) => endpoints
        .MapMethods(Routes.Portal, Methods, (HttpRequest request, PortalEndpoints portal) => portal.Portal(request))
        .WithName(nameof(Routes.Portal));
}

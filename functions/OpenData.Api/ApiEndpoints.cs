using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenData.Api.Catalog;
using OpenData.Api.Demand;
using OpenData.Api.Explore;
using OpenData.Api.Harvest;
using OpenData.Api.Mcp;
using OpenData.Api.Operations;
using OpenData.Api.Pipeline;
using OpenData.Api.Publication;
using OpenData.Api.Reference;
using OpenData.Api.Reports;
using OpenData.Api.Routing;
using OpenData.Hosting;

namespace OpenData.Api;

/// <summary>
/// Registers the endpoints, and maps their routes where ASP.NET Core does the routing. On Azure each route is a function of the same name.
/// </summary>
public static class ApiEndpoints
{
    /// <summary>
    /// Adds the product's services and the endpoints. A host whose connections come from the callers themselves adds a
    /// <see cref="CallerSource"/> that says so.
    /// </summary>
    /// <exception cref="SettingException">A setting has a value of the wrong kind; its name is in the message.</exception>
    public static IServiceCollection AddOpenDataApi(this IServiceCollection services, IConfiguration configuration) => services
        .AddOpenData(configuration)
        .AddSingleton(new CallerSource(FromConnection: false))
        .AddSingleton<CallerIdentity>()
        .AddSingleton<ViewerIdentity>()
        .AddSingleton<RateLimit>()
        .AddSingleton<StorageProbe>()
        .AddSingleton<RequestPipeline>()
        .AddSingleton<PublicAddress>()
        .AddSingleton<ExportPlaces>()
        .AddSingleton<ExploreAnswers>()
        .AddSingleton<HarvestAnswers>()
        .AddSingleton<WriteGuard>()
        .AddSingleton<KnownAgencies>()
        .AddSingleton<RequestDesk>()
        .AddSingleton<CatalogEndpoints>()
        .AddSingleton<DatasetEndpoints>()
        .AddSingleton<DemandEndpoints>()
        .AddSingleton<DecisionEndpoints>()
        .AddSingleton<FeedbackEndpoints>()
        .AddSingleton<ReportEndpoints>()
        .AddSingleton<OperationsEndpoints>()
        .AddSingleton<PublicationEndpoints>()
        .AddSingleton<ReferenceEndpoints>()
        .AddSingleton<McpTools>()
        .AddSingleton<McpEndpoint>()
        .AddHostedService<UsageWriter>();

    /// <summary>Maps every route of <see cref="Routes"/>.</summary>
    public static void MapOpenDataApi(this IEndpointRouteBuilder endpoints)
    {
        foreach (var route in ApiRoutes.All) endpoints.MapMethods(route.Path, route.Methods, route.Handler).WithName(route.Name);
        endpoints.MapFallback(Routes.Unknown, (HttpRequest request) => UnknownRoute.Answer(request)).WithName(nameof(Routes.Unknown));
    }
}

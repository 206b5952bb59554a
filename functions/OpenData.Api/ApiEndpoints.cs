using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenData.Api.Reference;
using OpenData.Hosting;

namespace OpenData.Api;

/// <summary>Sets the endpoints up: their services, and their routes where there is a router. On Azure each of them is a function of the same name, and the host itself answers what is none.</summary>
public static class ApiEndpoints
{
    /// <summary>Adds the product's services and what the endpoints need besides.</summary>
    /// <exception cref="SettingException">A setting has a value of the wrong kind; its name is in the message.</exception>
    public static IServiceCollection AddOpenDataApi(this IServiceCollection services, IConfiguration configuration) =>
        services.AddOpenData(configuration).AddSingleton<RateLimit>().AddSingleton<Answering>().AddHostedService<UsageWriter>();

    /// <summary>Maps every route of <see cref="Routes"/> below <see cref="Routes.Prefix"/>.</summary>
    public static void MapOpenDataApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup(Routes.Prefix);
        foreach (var route in ApiRoutes.All) api.MapMethods(route.Path, route.Methods, route.Handler).WithName(route.Name);
        api.MapFallback("{*path}", Unrouted.Answer);
    }
}

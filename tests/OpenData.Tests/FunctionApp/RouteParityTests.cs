using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using OpenData.Api;
using OpenData.Api.Routing;
using OpenData.Lake;
using OpenData.Portal;

namespace OpenData.Tests.FunctionApp;

/// <summary>Azure and one machine answer the same requests by the same endpoints.</summary>
[Trait("Category", "Unit")]
public class RouteParityTests
{
    private static readonly IReadOnlyList<RouteEndpoint> Local = LocalEndpoints();

    [Fact]
    public void Every_route_has_its_function_and_its_local_endpoint()
    {
        var routes = typeof(Routes)
            .GetFields()
            .Where(field => field.Name is not (nameof(Routes.Prefix) or nameof(Routes.PortalRoot)))
            .Select(field => $"{field.Name} {field.GetValue(null)}")
            .Order()
            .ToList();

        Assert.Equal(routes, Function.Http.Select(function => $"{function.Name} {function.Trigger["route"]}").Order());
    }

    [Fact]
    public void Names_methods_routes_and_endpoints_are_the_same()
    {
        var azure = Function.Http.Select(
            function => $"{function.Name}: {string.Join(',', function.Methods.Order())} /{function.Trigger["route"]} -> "
                + $"{function.Calls.Single()}");
        var local = Local.Select(
            endpoint => $"{Name(endpoint)}: {string.Join(',', Methods(endpoint).Order())} "
                + $"/{endpoint.RoutePattern.RawText!.TrimStart('/')} -> {Handler(endpoint)}");

        Assert.Equal(local.Order(), azure.Order());
    }

    [Fact]
    public void No_route_begins_with_what_the_Functions_host_keeps_for_itself()
    {
        Assert.All(Function.Http, function => Assert.DoesNotMatch("^(admin|runtime)(/|$)", (string)function.Trigger["route"]!));
    }

    [Fact]
    public void Only_what_operators_do_asks_for_the_hosts_key()
    {
        // Agencies and planners show keys of their own, which the endpoints check: a host key could not tell one agency from another.
        Assert.All(
            Function.Http,
            function => Assert.Equal(
                function.Name == nameof(Routes.RunReport) ? "Admin" : "Anonymous", (string?)function.Trigger["authLevel"]));
    }

    [Fact]
    public void A_function_takes_every_value_of_its_route_by_name()
    {
        Assert.All(Function.Http, function =>
        {
            var values = RoutePatternFactory.Parse((string)function.Trigger["route"]!).Parameters
                .Where(parameter => !parameter.IsCatchAll).Select(parameter => parameter.Name);
            Assert.Subset(function.Method.Parameters.Select(parameter => parameter.Name).ToHashSet(), values.ToHashSet());
        });
    }

    private static List<RouteEndpoint> LocalEndpoints()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration[StorageConnection.Setting] = "UseDevelopmentStorage=true"; // never called
        builder.Services.AddOpenDataApi(builder.Configuration).AddOpenDataPortal();
        var app = builder.Build();
        app.MapOpenDataApi();
        app.MapOpenDataPortal();

        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];
    }

    private static string? Name(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName;

    private static IReadOnlyList<string> Methods(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];

    // What the route's handler calls; the handler itself is a lambda of the table of routes.
    private static string Handler(RouteEndpoint endpoint) =>
        HostAssembly.Calls(HostAssembly.Method(endpoint.Metadata.GetMetadata<MethodInfo>()!)).Single();
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OpenData.Api.Reference;
using OpenData.Api.Routing;
using OpenData.Catalog;
using OpenData.Lake;
using static OpenData.Tests.TestDatasets;

namespace OpenData.Tests.Api.Reference;

/// <summary>An API with the dataset that the reference's examples speak of.</summary>
public sealed class ReferenceFixture : IAsyncLifetime
{
    internal TestApi Api { get; private set; } = null!;

    internal string Version { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Api = await TestApi.StartAsync();
        var version = await PublishAsync(
            Api.Storage,
            "fire-incidents@nfa",
            ["SELECT TIMESTAMP '2025-03-14 04:23:00' AS 발생일시, '경기도' AS 시도, '전기' AS 발화요인, 60000 AS 재산피해_천원, "
                + "37.5::DOUBLE AS lat, 127.0::DOUBLE AS lon"],
            [
                Field("발생일시", FieldType.DateTime),
                Field("시도", FieldType.Text),
                Field("발화요인", FieldType.Text),
                Field("재산피해_천원", FieldType.Int),
                Field("lat", FieldType.Double),
                Field("lon", FieldType.Double),
                new Field { Name = "place", Label = "place", Type = FieldType.GeoPoint, Latitude = "lat", Longitude = "lon" },
            ],
            new DatasetMetadata { Theme = ["부동산"] });
        Version = version.Version;
    }

    public async Task DisposeAsync() => await Api.DisposeAsync();
}

/// <summary>What the reference says is what is answered.</summary>
public class ReferenceTests(ReferenceFixture fixture) : IClassFixture<ReferenceFixture>
{
    [Fact]
    public void Every_route_is_described()
    {
        var routes = typeof(Routes)
            .GetFields()
            .Where(field => field.Name is not (nameof(Routes.Prefix) or nameof(Routes.Unknown)
                or nameof(Routes.Portal) or nameof(Routes.PortalRoot)))
            .Select(field => $"{field.Name} {field.GetValue(null)}");

        Assert.Equal(routes.Order(), ApiRoutes.All.Select(route => $"{route.Name} {route.Path}").Order());
        Assert.All(ApiRoutes.All, route => Assert.Equal(
            System.Text.RegularExpressions.Regex.Matches(route.Path, @"\{(\w+)\}").Select(match => match.Groups[1].Value),
            route.Parameters.Where(parameter => parameter.In == "path").Select(parameter => parameter.Name)));
    }

    [Fact]
    public async Task The_document_names_every_operation_once_and_every_schema_it_refers_to()
    {
        var text = await fixture.Api.Http.GetStringAsync("/api/openapi.json");
        var document = JsonSerializer.Deserialize<JsonElement>(text);
        var schemas = document.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(schema => schema.Name).ToHashSet();
        var operations = document
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject())
            .Select(operation => operation.Value.GetProperty("operationId").GetString())
            .ToList();

        Assert.Equal("3.1.1", document.GetProperty("openapi").GetString());
        Assert.Equal(ApiRoutes.All.Sum(route => route.Verbs.Count()), operations.Distinct().Count());
        Assert.All(
            System.Text.RegularExpressions.Regex.Matches(text, "\"\\$ref\": \"([^\"]*)\"").Select(match => match.Groups[1].Value),
            reference => Assert.Contains(reference.Replace("#/components/schemas/", "", StringComparison.Ordinal), schemas));
    }

    [Fact]
    public async Task The_page_shows_every_route_and_needs_no_other_host()
    {
        using var response = await fixture.Api.Http.GetAsync("/api/reference");
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.All(ApiRoutes.All, route => Assert.Contains($"id=\"{route.Name}\"", page, StringComparison.Ordinal));
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
    }

    /// <summary>What is documented must not be taken for a misspelt name, and what is almost that must.</summary>
    [Fact]
    public async Task Every_parameter_is_known_by_its_name_only()
    {
        foreach (var name in ApiRoutes.All
            .Where(route => route.Chapter == "Explore")
            .SelectMany(route => route.Parameters)
            .Where(parameter => parameter.In == "query")
            .Select(parameter => parameter.Name)
            .Distinct())
        {
            await fixture.Api.GetAsync($"/{Routes.Datasets}?{name}=");
            await fixture.Api.GetAsync($"/{Routes.Datasets}?{name}x=", HttpStatusCode.BadRequest);
        }
    }

    public static TheoryData<string> Explored =>
        [.. ApiRoutes.All
            .Where(route => route.Chapter == "Explore" && route.Name is not (nameof(Routes.Record) or nameof(Routes.Attachment)))
            .Select(route => route.Name)];

    [Theory]
    [MemberData(nameof(Explored))]
    public async Task Every_parameters_example_works_and_its_default_changes_nothing(string name)
    {
        var route = ApiRoutes.All.Single(route => route.Name == name);
        var path = Path(route);
        var plain = await BodyAsync(path);
        foreach (var parameter in route.Parameters.Where(parameter => parameter.In == "query"))
        {
            var example = Uri.EscapeDataString(parameter.Name == "version" ? fixture.Version : parameter.Example.ToString());
            await BodyAsync($"{path}?{parameter.Name}={example}{(parameter.Name == "order_by" ? "&" + GroupBy(route) : "")}");
            if (parameter.Default is { } otherwise)
            {
                Assert.Equal(plain, await BodyAsync($"{path}?{parameter.Name}={Uri.EscapeDataString(otherwise.ToString())}"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Explored))]
    public async Task What_is_out_of_a_parameters_range_is_refused(string name)
    {
        var route = ApiRoutes.All.Single(route => route.Name == name);
        foreach (var parameter in route.Parameters)
        {
            string?[] wrong = [
                (parameter.Least - 1)?.ToString(),
                (parameter.Most + 1)?.ToString(),
                parameter.OneOf is null ? null : "none of them",
                parameter.Type == "boolean" ? "perhaps" : null,
            ];
            foreach (var value in wrong.OfType<string>().Select(Uri.EscapeDataString))
            {
                var path = parameter.In == "path"
                    ? "/" + route.Path
                        .Replace("{dataset_id}", "fire-incidents@nfa", StringComparison.Ordinal)
                        .Replace($"{{{parameter.Name}}}", value, StringComparison.Ordinal)
                    : $"{Path(route)}?{parameter.Name}={value}";
                await fixture.Api.GetAsync(path, parameter.In == "path" ? HttpStatusCode.NotFound : HttpStatusCode.BadRequest);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Explored))]
    public async Task The_body_of_the_example_is_taken(string name)
    {
        var route = ApiRoutes.All.Single(route => route.Name == name);
        if (route.BodyExample is null) return;
        using var response = await fixture.Api.Http.PostAsync(
            Path(route), new StringContent(route.BodyExample, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    public static TheoryData<string> Read => [.. ApiRoutes.All.Where(route => route.Methods.Contains("GET")).Select(route => route.Name)];

    /// <summary>HEAD of whatever it is has the status of GET and no body; a preflight is answered without a call being counted.</summary>
    [Theory]
    [MemberData(nameof(Read))]
    public async Task HEAD_and_preflights_are_answered_on_every_route(string name)
    {
        var path = Path(ApiRoutes.All.Single(route => route.Name == name));
        using var get = await fixture.Api.Http.GetAsync(path);
        using var head = await fixture.Api.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        using var preflight = await fixture.Api.Http.SendAsync(new HttpRequestMessage(HttpMethod.Options, path));

        Assert.Equal((get.StatusCode, get.Content.Headers.ContentType), (head.StatusCode, head.Content.Headers.ContentType));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Contains("x-agency-key", preflight.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.Ordinal);
        Assert.False(preflight.Headers.Contains("X-RateLimit-Remaining"));
    }

    private static string GroupBy(ApiRoute route)
    {
        var example = route.Parameters.FirstOrDefault(parameter => parameter.Name == "group_by")?.Example.ToString() ?? "";
        return $"group_by={Uri.EscapeDataString(example)}";
    }

    private static string Path(ApiRoute route)
    {
        var path = route.Path;
        foreach (var parameter in route.Parameters.Where(parameter => parameter.In == "path"))
        {
            path = path.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(parameter.Example.ToString()), StringComparison.Ordinal);
        }
        return $"/{path}";
    }

    private async Task<string> BodyAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*"));
        using var response = await fixture.Api.Http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {body}");
        return body;
    }
}

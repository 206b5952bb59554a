using OpenData.Api.Reference;
using OpenData.Api.Routing;

namespace OpenData.Tests.Api;

/// <summary>
/// Caches between us and a caller are told of every answer whether they may keep it: some keep for days what says nothing.
/// </summary>
public sealed class CacheHeaderTests(FiresFixture fires) : IClassFixture<FiresFixture>
{
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["{dataset_id}"] = "fires@nfa",
        ["{record_id}"] = "1",
        ["{format}"] = "csv",
        ["{attachment_id}"] = "a.csv",
        ["{agency}"] = "nfa",
        ["{upload_id}"] = "1",
        ["{edition}"] = "latest",
        ["{file}"] = "report.html",
        ["{request_id}"] = "r1",
    };

    [Fact]
    public async Task Every_GET_route_says_whether_caches_may_keep_its_answer()
    {
        var routes = ApiRoutes.All.Where(route => route.Methods.Contains("GET")).Select(route => route.Path.TrimStart('/')).Distinct()
            .ToList();
        Assert.True(routes.Count > 15);
        foreach (var route in routes)
        {
            var path = Values.Aggregate(
                $"/{Routes.Prefix}/{route}", (filled, value) => filled.Replace(value.Key, value.Value, StringComparison.Ordinal));
            Assert.DoesNotContain('{', path);
            using var answer = await fires.Api.Http.GetAsync(path);
            var told = answer.Headers.CacheControl;
            // Kept is only what can be asked for again by its ETag; everything of the moment is not kept at all.
            Assert.True(told is { NoStore: true } || (told is { Public: true, MaxAge: not null } && answer.Headers.ETag is not null),
                $"{path}: {told}");
            Assert.True(route.StartsWith("explore/", StringComparison.Ordinal) || told.NoStore
                || route is Routes.OpenApi or Routes.Reference, $"{path}: {told}");
        }
    }

    [Theory]
    [InlineData("/api/explore/v2.1/catalog/datasets", "public")]
    [InlineData("/api/explore/v2.1/catalog/datasets/fires@nfa/records", "public")]
    [InlineData("/api/explore/v2.1/catalog/datasets/nothing@here", "no-store")]
    [InlineData("/api/explore/v2.1/catalog/datasets?limit=-5", "no-store")]
    [InlineData("/api/uploads/nfa", "no-store")]
    [InlineData("/api/requests", "no-store")]
    [InlineData("/api/reports", "no-store")]
    [InlineData("/api/health", "no-store")]
    [InlineData("/api/no/such/route", "no-store")]
    public async Task What_changes_at_any_moment_is_not_kept(string path, string directive)
    {
        using var answer = await fires.Api.Http.GetAsync(path);
        Assert.Contains(directive, answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
    }
}

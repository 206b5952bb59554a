using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenData.Access;
using OpenData.Demand.Requests;
using OpenData.Lake;

namespace OpenData.Tests.Api;

public class DemandEndpointsTests
{
    private static readonly object Wish =
        new { title = "Public toilets", wanted = "Where they are and when they open.", group = "citizen" };

    [Fact]
    public async Task A_request_is_opened_found_supported_once_a_day_and_listed()
    {
        await using var api = await TestApi.StartAsync();
        var (id, opened) = await OpenAsync(api, Wish);
        Assert.Equal("open", opened.GetProperty("state").GetString());
        Assert.Equal(5, opened.GetProperty("supporters_fewer_than").GetInt32());

        // The requester is the first supporter; three more are still too few to be told, the fifth is not.
        for (var caller = 1; caller <= 4; caller++)
        {
            foreach (var again in new[] { false, true })
            {
                var answer = await SendAsync(
                    api, HttpMethod.Post, $"/api/requests/{id}/support", new { group = "citizen" }, HttpStatusCode.OK, caller);
                Assert.Equal(!again, answer.GetProperty("counted").GetBoolean());
                Assert.Equal(caller == 4, answer.GetProperty("request").TryGetProperty("supporters", out _));
            }
        }

        // One of another group is in no total, or the total less the citizens would be that one.
        await SendAsync(api, HttpMethod.Post, $"/api/requests/{id}/support", new { group = "academia" }, HttpStatusCode.OK, caller: 5);

        var list = await api.GetAsync("/api/requests?q=toilets&state=open&group=citizen");
        Assert.Equal(1, list.GetProperty("total_count").GetInt32());
        Assert.Equal(5, list.GetProperty("results")[0].GetProperty("supporters").GetInt32());
        Assert.Equal(0, (await api.GetAsync("/api/requests?q=nothing")).GetProperty("total_count").GetInt32());
        await api.GetAsync("/api/requests?state=1", HttpStatusCode.BadRequest);
        await api.GetAsync("/api/requests?limit=101", HttpStatusCode.BadRequest);
        await api.GetAsync("/api/requests/none", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_agency_decides_with_its_key_and_every_change_is_kept()
    {
        await using var api = await TestApi.StartAsync();
        await TestDatasets.PublishAsync(api.Storage, "toilets@x", ["SELECT 1 AS one"], [TestDatasets.Field("one", FieldType.Int)]);
        var keys = api.Services.GetRequiredService<KeyStore>();
        var (mine, others) = (await keys.IssueAsync(NewKey.OfAgency("x")), await keys.IssueAsync(NewKey.OfAgency("y")));
        var (id, _) = await OpenAsync(api, Wish);
        var url = $"/api/requests/{id}";

        var keyless = await SendAsync(api, HttpMethod.Patch, url, new { state = "accepted" }, HttpStatusCode.Unauthorized);
        var unknown = await SendAsync(api, HttpMethod.Patch, url, new { state = "accepted" }, HttpStatusCode.Unauthorized, key: "x.wrong");
        Assert.Equal(
            ("Unauthorized", "UnknownAgencyKey"),
            (keyless.GetProperty("error_code").GetString(), unknown.GetProperty("error_code").GetString()));
        // addressed to nobody yet
        await SendAsync(api, HttpMethod.Patch, url, new { state = "accepted" }, HttpStatusCode.Forbidden, key: mine);
        var planners = await keys.IssueAsync(NewKey.OfAgency(AccessKey.Planners));
        var wrong = await SendAsync(api, HttpMethod.Patch, url, new { agency = "xx" }, HttpStatusCode.BadRequest, key: planners);
        Assert.Contains("the nearest are x", wrong.GetProperty("message").GetString(), StringComparison.Ordinal);
        await SendAsync(api, HttpMethod.Patch, url, new { agency = "x" }, HttpStatusCode.OK, key: planners);
        await SendAsync(api, HttpMethod.Patch, url, new { state = "refused" }, HttpStatusCode.Conflict, key: mine);
        await SendAsync(api, HttpMethod.Patch, url, new { state = "refused", reason = "no-mood" }, HttpStatusCode.BadRequest, key: mine);
        await SendAsync(api, HttpMethod.Patch, url, new { moderation = "hidden" }, HttpStatusCode.BadRequest, key: mine);
        await SendAsync(api, HttpMethod.Patch, url, new { state = "accepted", note = "In May." }, HttpStatusCode.OK, key: mine);
        await SendAsync(api, HttpMethod.Patch, url, new { state = "accepted" }, HttpStatusCode.Forbidden, key: others);
        await SendAsync(
            api, HttpMethod.Patch, url, new { state = "released", dataset_id = "nothing@x" }, HttpStatusCode.BadRequest, key: mine);
        await SendAsync(api, HttpMethod.Patch, url, new { state = "released", dataset_id = "toilets@x" }, HttpStatusCode.OK, key: mine);
        await SendAsync(api, HttpMethod.Patch, url, new { state = "accepted" }, HttpStatusCode.Conflict, key: mine);

        var request = await api.GetAsync(url);
        Assert.Equal(
            ["accepted", "released"],
            request.GetProperty("changes").EnumerateArray().Skip(1).Select(change => change.GetProperty("state").GetString()));
        Assert.Equal("toilets@x", request.GetProperty("dataset_id").GetString());
        Assert.DoesNotContain("wrong", request.ToString(), StringComparison.Ordinal);
        await keys.RevokeAsync("x");
        await SendAsync(api, HttpMethod.Patch, url, new { note = "Again." }, HttpStatusCode.Unauthorized, key: mine);
    }

    [Theory]
    [InlineData("Call me", "Please call 010-1234-5678 about the data.")]
    [InlineData("Mail me", "Write to someone@example.org about it.")]
    [InlineData("Cheap things", "http://a.example http://b.example http://c.example")]
    public async Task What_may_hold_personal_data_or_advertising_waits_for_a_planner(string title, string wanted)
    {
        await using var api = await TestApi.StartAsync();
        var opened = await SendAsync(
            api, HttpMethod.Post, "/api/requests", new { title, wanted, group = "citizen" }, HttpStatusCode.Accepted);
        var id = opened.GetProperty("request_id").GetString();
        Assert.False(opened.TryGetProperty("wanted", out _));
        Assert.Equal(0, (await api.GetAsync("/api/requests")).GetProperty("total_count").GetInt32());
        await api.GetAsync($"/api/requests/{id}", HttpStatusCode.NotFound);

        var planners = await api.Services.GetRequiredService<KeyStore>().IssueAsync(NewKey.OfAgency(AccessKey.Planners));
        await SendAsync(api, HttpMethod.Patch, $"/api/requests/{id}", new { moderation = "shown" }, HttpStatusCode.OK, key: planners);
        Assert.Equal(wanted, (await api.GetAsync($"/api/requests/{id}")).GetProperty("wanted").GetString());
    }

    [Fact]
    public async Task Bounds_and_limits_are_told()
    {
        await using var api = await TestApi.StartAsync();
        foreach (var body in new object[]
        {
            new { title = "abc", wanted = "long enough to be one", group = "citizen" },
            new { title = "abcdef", wanted = "short", group = "citizen" },
            new { title = "abcdef", wanted = new string('x', 2001), group = "citizen" },
            new { title = "abcdef", wanted = "long enough to be one", group = "martians" },
            new { title = "abcdef", wanted = "long enough to be one", group = "citizen", extra = 1 },
            new[] { 1 },
        })
        {
            await SendAsync(api, HttpMethod.Post, "/api/requests", body, HttpStatusCode.BadRequest);
        }

        await SendAsync(
            api, HttpMethod.Post, "/api/requests", new { title = new string('x', 20_000) }, HttpStatusCode.RequestEntityTooLarge);
        for (var i = 0; i < 5; i++) await OpenAsync(api, Wish);
        var refused = await SendAsync(api, HttpMethod.Post, "/api/requests", Wish, HttpStatusCode.TooManyRequests);
        Assert.Contains("tomorrow", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        await SendAsync(api, HttpMethod.Post, "/api/requests", Wish, HttpStatusCode.Created, caller: 9);
    }

    [Fact]
    public async Task Feedback_is_taken_for_datasets_that_are_there()
    {
        await using var api = await TestApi.StartAsync();
        await TestDatasets.PublishAsync(api.Storage, "toilets@x", ["SELECT 1 AS one"], [TestDatasets.Field("one", FieldType.Int)]);
        const string Url = "/api/datasets/toilets@x/feedback";

        await SendAsync(api, HttpMethod.Post, Url, new { kind = "rating", rating = 4 }, HttpStatusCode.Created);
        await SendAsync(api, HttpMethod.Post, Url, new { kind = "problem", text = "Half of them are closed." }, HttpStatusCode.Created);
        await SendAsync(
            api,
            HttpMethod.Post,
            Url,
            new { kind = "reuse", text = "A map of them.", url = "https://example.org/map" },
            HttpStatusCode.Created);
        await SendAsync(api, HttpMethod.Post, Url, new { kind = "rating", rating = 6 }, HttpStatusCode.BadRequest);
        await SendAsync(api, HttpMethod.Post, Url, new { kind = "rating", rating = "4" }, HttpStatusCode.BadRequest);
        await SendAsync(
            api,
            HttpMethod.Post,
            Url,
            new { kind = "reuse", text = "A map of them.", url = "javascript:alert(1)" },
            HttpStatusCode.BadRequest);
        await SendAsync(
            api, HttpMethod.Post, "/api/datasets/none@x/feedback", new { kind = "rating", rating = 4 }, HttpStatusCode.NotFound);

        var kept = new List<FeedbackKind>();
        await foreach (var one in api.Services.GetRequiredService<FeedbackLog>().ListAsync()) kept.Add(one.Kind);
        Assert.Equal([FeedbackKind.Rating, FeedbackKind.Problem, FeedbackKind.Reuse], kept.Order());
    }

    private static async Task<(string Id, JsonElement Request)> OpenAsync(TestApi api, object body)
    {
        var opened = await SendAsync(api, HttpMethod.Post, "/api/requests", body, HttpStatusCode.Created);
        return (opened.GetProperty("request_id").GetString()!, opened);
    }

    private static async Task<JsonElement> SendAsync(
        TestApi api, HttpMethod method, string url, object body, HttpStatusCode expected, int caller = 0, string? key = null)
    {
        using var request = new HttpRequestMessage(method, url) { Content = JsonContent.Create(body) };
        request.Headers.Add("X-Forwarded-For", FormattableString.Invariant($"203.0.113.{caller}:4711"));
        if (key is not null) request.Headers.Add("x-agency-key", key);
        using var response = await api.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{method} {url} answered {(int)response.StatusCode}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}

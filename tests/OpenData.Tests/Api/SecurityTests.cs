using System.Net;
using System.Text;
using OpenData.Api.Pipeline;

namespace OpenData.Tests.Api;

/// <summary>What every answer carries, and what no answer tells.</summary>
public sealed class SecurityTests(FiresFixture fires) : IClassFixture<FiresFixture>
{
    [Theory]
    [InlineData("/api/health")]
    [InlineData("/api/reference")]
    [InlineData("/api/openapi.json")]
    [InlineData("/api/nothing")]
    [InlineData("/")]
    [InlineData("/api/reports/latest")]
    [InlineData("/api/requests?limit=0")]
    [InlineData(TestFires.Path + "/records?where=)")]
    [InlineData(TestFires.Path + "/exports/csv")]
    [InlineData(TestFires.Path + "/records?apikey=wrong")]
    public async Task Every_answer_keeps_browsers_from_running_framing_and_guessing(string path)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = fires.Api.Http.BaseAddress };
        using var answer = await client.GetAsync(path);

        Assert.StartsWith("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
    }

    [Theory]
    [InlineData("POST", "/api/requests")]
    [InlineData("POST", "/api/requests/20261123-eb9b276b/support")]
    [InlineData("POST", "/api/datasets/fires@nfa/feedback")]
    [InlineData("POST", TestFires.Path + "/records")]
    [InlineData("POST", TestFires.Path + "/facets")]
    [InlineData("POST", TestFires.Path + "/exports/json")]
    [InlineData("POST", TestApi.Explore + "/datasets")]
    public async Task A_body_that_is_no_Unicode_is_a_400_on_every_route_and_no_error_names_a_type_of_NET(string method, string path)
    {
        byte[][] bodies =
        [
            [.. "{\"title\":\""u8, 0xff, .. "\"}"u8], [.. "{\""u8, 0xc3, .. "\":1}"u8],
            "{\"title\":\"\\ud800\"}"u8.ToArray(), "{\"\\udc00\":1}"u8.ToArray(),
            "{\"where\":[\"\\ud800x\"]}"u8.ToArray(), "[1,"u8.ToArray(), "nonsense"u8.ToArray(), "7"u8.ToArray(),
        ];
        foreach (var body in bodies)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent(body) };
            using var answer = await fires.Api.Http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();

            Assert.True(
                answer.StatusCode == HttpStatusCode.BadRequest, $"{Encoding.Latin1.GetString(body)}: {(int)answer.StatusCode} {text}");
            Assert.DoesNotMatch(@"System\.|Microsoft\.|OpenData\.|Exception|   at ", text);
        }
    }

    [Fact]
    public async Task A_wrong_key_is_a_401_that_says_how_to_send_one_and_counts_as_ten_more_calls()
    {
        await using var api = await TestFires.StartAsync(settings: settings => settings with { CallsPerMinute = 15 });
        using var wrong = await api.Http.GetAsync($"{TestFires.Path}/records?apikey=wrong");
        using var after = await api.Http.GetAsync($"{TestFires.Path}/records");

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal("ApiKey realm=\"OpenDataServerless\"", wrong.Headers.WwwAuthenticate.ToString());
        Assert.Equal("3", after.Headers.GetValues("X-RateLimit-Remaining").Single()); // 15 less both requests and ten
    }

    [Fact]
    public async Task A_decision_without_a_key_or_with_a_wrong_one_is_a_401_that_names_the_header()
    {
        foreach (var key in new[] { null, "nfa.0000" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, "/api/requests/20261123-eb9b276b")
            {
                Content = new StringContent("{}"),
            };
            if (key is not null) request.Headers.Add(RequestHeaders.AgencyKey, key);
            using var answer = await fires.Api.Http.SendAsync(request);

            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Contains(RequestHeaders.AgencyKey, answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
    }
}

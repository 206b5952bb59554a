using System.Net;
using OpenData.Lake;

namespace OpenData.Tests.Api;

/// <summary>Limits of calls a minute, of the time of a statement, and of statements that run at a time.</summary>
public class LimitTests
{
    private const string Slow = $"{TestApi.Explore}/datasets/many@x/records?where=not \"wor 1\" and not \"wo 2\" and not \"w 3\"";

    [Fact]
    public async Task Too_many_calls_are_refused_until_the_minute_is_over_and_a_key_raises_the_limit()
    {
        await using var api = await TestFires.StartAsync(
            settings => settings with { CallsPerMinute = 3, CallsPerMinuteWithKey = 5, ApiKeys = "first; second" });

        var anonymous = await CallAsync(8, null);
        var keyed = await CallAsync(10, "second");

        // The minute may turn over in between, once.
        Assert.Contains(429, anonymous);
        Assert.InRange(anonymous.Count(status => status == 200), 3, 6);
        Assert.InRange(keyed.Count(status => status == 200), 5, 9);
        using var refused = await api.Http.GetAsync(TestFires.Path);
        if (refused.StatusCode == HttpStatusCode.TooManyRequests)
        {
            var body = await refused.Content.ReadAsStringAsync();
            Assert.Contains("\"errorcode\":10002", body, StringComparison.Ordinal);
            Assert.Contains("\"limit_time_unit\":\"minute\",\"call_limit\":3", body, StringComparison.Ordinal);
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
            Assert.Equal("0", refused.Headers.GetValues("X-RateLimit-Remaining").Single());
        }

        async Task<List<int>> CallAsync(int times, string? key)
        {
            var statuses = new List<int>();
            for (var i = 0; i < times; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"{TestFires.Path}/records");
                if (key is not null) request.Headers.TryAddWithoutValidation("Authorization", $"ApiKey {key}");
                using var response = await api.Http.SendAsync(request);
                statuses.Add((int)response.StatusCode);
            }

            return statuses;
        }
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_is_stopped_and_says_where_to_go()
    {
        await using var api = await StartSlowAsync(0.05);

        var answer = await api.GetAsync(Slow, HttpStatusCode.ServiceUnavailable);

        Assert.Equal("QueryTimeout", answer.GetProperty("error_code").GetString());
        Assert.Contains("exports", answer.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_would_wait_for_a_turn_longer_than_a_statement_may_take_is_told_to_come_again()
    {
        await using var api = await StartSlowAsync(0.5);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20 * Environment.ProcessorCount).Select(_ => api.Http.GetAsync(Slow)));

        var refused = answers.Where(answer => answer.Headers.RetryAfter is not null).ToList();
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode));
        Assert.NotEmpty(refused);
        Assert.Contains("TooManyQueries", await refused[0].Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    // A question that takes a second or more, whatever the machine, where it may take less.
    private static async Task<TestApi> StartSlowAsync(double seconds)
    {
        var api = await TestApi.StartAsync(settings: settings => settings with { QuerySeconds = seconds });
        await TestDatasets.PublishAsync(
            api.Storage, "many@x", ["SELECT 'word ' || range AS t FROM range(3000000)"], [TestDatasets.Field("t", FieldType.Text)]);
        return api;
    }
}

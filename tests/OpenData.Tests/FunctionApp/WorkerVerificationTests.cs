using OpenData.LocalHost.Verify;

namespace OpenData.Tests.FunctionApp;

/// <summary>The check that an operator runs after a deployment, on the worker as it is deployed.</summary>
public sealed class WorkerVerificationTests(FunctionsHost host) : IClassFixture<FunctionsHost>
{
    [Fact]
    public async Task The_worker_in_a_host_is_verified_and_what_does_not_run_is_said()
    {
        await using (var front = await FunctionsFrontEnd.StartAsync(host))
        {
            var (isRight, output) = await VerifyAsync(front, FunctionsFrontEnd.MasterKey);
            Assert.True(isRight, output);
            Assert.Equal(11, output.Split("  ok ").Length - 1);
            Assert.Contains("ok     a drop that the host gave up is taken up once more", output, StringComparison.Ordinal);
        }

        // Without the key of the host, and with a function that throws.
        await using (var front = await FunctionsFrontEnd.StartAsync(host, isRefusing: true))
        {
            var (isRight, output) = await VerifyAsync(front, "a guess");
            Assert.False(isRight);
            Assert.Contains("WRONG  a drop that the host gave up is taken up once more: the function RetryFailed threw", output,
                StringComparison.Ordinal);
            Assert.Contains("WRONG  the planners' report is made: the host asks for its master key", output, StringComparison.Ordinal);
        }
    }

    private async Task<(bool IsRight, string Output)> VerifyAsync(FunctionsFrontEnd front, string key)
    {
        using var output = new StringWriter();
        using var http = new HttpClient { BaseAddress = new Uri(front.Url), Timeout = TimeSpan.FromMinutes(5) };
        http.DefaultRequestHeaders.Add("x-functions-key", key);
        var isRight = await new Verification(http, host.Storage, TimeProvider.System, output).RunAsync(CancellationToken.None);
        return (isRight, output.ToString());
    }
}

using System.CommandLine;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenData.LocalHost.Azurite;
using OpenData.LocalHost.Commands;

namespace OpenData.Tests.LocalHost;

/// <summary>An operator learns from one command whether a portal does what it is for.</summary>
public sealed class VerifyCommandTests
{
    [Fact]
    public async Task A_portal_that_works_is_said_to_work()
    {
        await AzuriteInstallation.EnsureAsync(() => { });
        await using var azurite = await AzuriteServer.StartInMemoryAsync(); // a host takes every container of its account
        var data = Directory.CreateTempSubdirectory("verify-");
        await using (var host = HostProcess.Start(
            "--storage", azurite.ConnectionString, "--data", data.FullName, "--urls", "http://127.0.0.1:0", "--no-sample"))
        {
            using var client = await host.ReadyAsync();

            var (code, output, error) = await RunAsync("verify", client.BaseAddress!.ToString(), "--storage", azurite.ConnectionString);

            Assert.True(code == 0, output + error);
            Assert.DoesNotContain("WRONG", output, StringComparison.Ordinal);
            Assert.Equal(10, output.Split("  ok ").Length - 1);
        }

        data.Delete(recursive: true);
    }

    [Fact]
    public async Task What_is_wrong_is_said_and_ends_with_one()
    {
        // A portal behind a cache that was told nothing, on storage that is away.
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var portal = builder.Build();
        portal.Run(context =>
        {
            context.Response.StatusCode = context.Request.Path == "/api/health" ? 503 : 200;
            return context.Response.WriteAsync("{}");
        });
        await portal.StartAsync();

        var (code, output, _) = await RunAsync("verify", portal.Urls.First(), "--no-drops");

        Assert.Equal(1, code);
        Assert.Contains($"WRONG  it is well: GET /api/health is answered with {(int)HttpStatusCode.ServiceUnavailable}", output,
            StringComparison.Ordinal);
        Assert.Contains("WRONG  no cache keeps /api/reports: its Cache-Control is nothing instead of no-store", output,
            StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Unit")]
    public async Task An_address_that_is_none_is_refused()
    {
        var (code, _, error) = await RunAsync("verify", "portal.example", "--no-drops");

        Assert.Equal(1, code);
        Assert.Contains("is no address of a portal", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await ServeCommand.Create().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}

using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using Mono.Cecil;
using OpenData.FunctionApp;
using OpenData.LocalHost;

namespace OpenData.Tests.FunctionApp;

/// <summary>
/// What <c>dotnet publish</c> makes for Azure, as azd calls it; only the compilation ahead of time, which takes long, is left out.
/// </summary>
public sealed class PackageTests : IAsyncLifetime
{
    private readonly string _package = Directory.CreateTempSubdirectory("opendata-package-").FullName;

    public async Task InitializeAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // That of these tests, so that the libraries are built already.
        var configuration = typeof(PackageTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        foreach (var argument in (string[])[
            "publish", "functions/OpenData.FunctionApp", "--configuration", configuration, "--output", _package, "-nodeReuse:false",
            "-p:BuildProjectReferences=false", "-p:PublishReadyToRun=false", "-p:UseSharedCompilation=false"])
        {
            start.ArgumentList.Add(argument);
        }

        using var publish = Process.Start(start)!;
        var error = publish.StandardError.ReadToEndAsync();
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, output + await error);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_package, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Flex Consumption counts a polled blob trigger as an error at every start, disabled or not.</summary>
    [Fact]
    public void What_is_published_has_every_function_but_the_one_that_polls()
    {
        var metadata = JsonNode.Parse(File.ReadAllText(Path.Combine(_package, "functions.metadata")))!.AsArray();
        const string Polling = nameof(PolledDropFunctions.IngestOnPoll);

        Assert.Equal(
            Function.All.Select(function => function.Name).Where(name => name != Polling).Order(),
            metadata.Select(function => (string)function!["name"]!).Order());
        Assert.Contains(Function.All, function => function.Name == Polling); // on one's own machine it is there
        Assert.DoesNotContain("LogsAndContainerScan", metadata.ToJsonString(), StringComparison.Ordinal);
        // The worker also lists its functions itself, from its code.
        using var module = ModuleDefinition.ReadModule(Path.Combine(_package, "OpenData.FunctionApp.dll"));
        Assert.DoesNotContain(module.Types, type => type.Name == nameof(PolledDropFunctions));
        Assert.Contains(module.Types, type => type.Name == nameof(IngestFunctions));

        // What the host needs beside the code, and nothing of a developer's own.
        Assert.All(
            ["host.json", "worker.config.json", ".azurefunctions", "extensions.json"],
            name => Assert.True(Path.Exists(Path.Combine(_package, name)), name));
        Assert.False(File.Exists(Path.Combine(_package, "local.settings.json")));
    }
}

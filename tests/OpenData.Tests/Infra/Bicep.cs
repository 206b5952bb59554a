using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using OpenData.LocalHost;

namespace OpenData.Tests.Infra;

/// <summary>The bicep program and what it makes of our files.</summary>
internal static class Bicep
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<JsonObject>>> Compiled = new(StringComparer.Ordinal);

    /// <summary>The folder of our bicep files.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "infra-bicep");

    /// <summary>
    /// A file as the template that Azure is given, with all its modules; compiled once for all tests, and without a warning.
    /// </summary>
    public static Task<JsonObject> BuildAsync(string file) => Compiled.GetOrAdd(file, _ => new(async () =>
    {
        var (template, diagnostics) = await RunAsync("build", file, "--stdout");
        Assert.Equal("", diagnostics);
        return JsonNode.Parse(template)!.AsObject();
    })).Value;

    /// <summary>Runs the program in <see cref="Folder"/>.</summary>
    /// <returns>What it wrote: the result, and its warnings and errors, empty if there are none.</returns>
    public static Task<(string Output, string Diagnostics)> RunAsync(params string[] arguments) =>
        RunAsync(new Dictionary<string, string>(), arguments);

    /// <summary>Runs the program in <see cref="Folder"/> with variables in its environment.</summary>
    public static async Task<(string Output, string Diagnostics)> RunAsync(
        IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program(), arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var diagnostics = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (await output, (await diagnostics).Trim());
    }

    private static string Program()
    {
        var package =
            typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(
                attribute => attribute.Key == "BicepPackage").Value!;
        var program = Path.Combine(package, "tools", "bicep");
        // A package carries no permissions of its own: some restores leave the program without the right to run.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, File.GetUnixFileMode(program) | UnixFileMode.UserExecute);
        return program;
    }
}

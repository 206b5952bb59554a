using System.Diagnostics;

namespace OpenData.Tests.Infra;

/// <summary>How a run of a script ended.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it said on the other stream.</param>
/// <param name="Calls">How it called the programs that stood in for Azure's, a line each.</param>
internal sealed record ScriptRun(int Code, string Output, string Error, string Calls);

/// <summary>
/// Runs a script of infra-bicep with programs of the test's own in place of <c>az</c> and others, which write down how they are called.
/// </summary>
internal sealed class Script(string name)
{
    private readonly Dictionary<string, string> _programs = new(StringComparer.Ordinal) { ["az"] = "" };

    /// <summary>Variables of its environment, besides those of an azd environment.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal)
    {
        ["AZURE_ENV_NAME"] = "test",
        ["AZURE_LOCATION"] = "koreacentral",
        ["AZURE_SUBSCRIPTION_ID"] = "00000000-0000-0000-0000-000000000001",
        ["AZURE_RESOURCE_GROUP"] = "rg-test",
        ["AZURE_FUNCTION_APP_NAME"] = "func-test",
        ["AZURE_STORAGE_ACCOUNT_NAME"] = "sttest",
        ["EVENT_TOPIC_NAME"] = "evgt-test",
        ["EXPLORE_API_URL"] = "https://func-test.azurewebsites.net/api/explore/v2.1/",
        ["SCRIPT_PAUSE"] = "0",
        ["LC_ALL"] = "C.UTF-8",
    };

    /// <summary>
    /// Lets a program stand in for another: lines of bash, in which <c>$calls</c> is the file of calls so far and <c>"$*"</c> how it is
    /// called.
    /// </summary>
    public Script With(string program, string body)
    {
        _programs[program] = body;
        return this;
    }

    /// <summary>Sets a variable of its environment.</summary>
    public Script Set(string variable, string value)
    {
        Environment[variable] = value;
        return this;
    }

    /// <summary>Runs it.</summary>
    public async Task<ScriptRun> RunAsync(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("script-");
        try
        {
            var calls = Path.Combine(folder.FullName, "calls");
            foreach (var (program, body) in _programs)
            {
                var path = Path.Combine(folder.FullName, program);
                await File.WriteAllTextAsync(path, $"#!/usr/bin/env bash\ncalls='{calls}'\necho \"{program} $*\" >> \"$calls\"\n{body}\n");
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                }
            }

            var start = new ProcessStartInfo("bash", [Path.Combine(Bicep.Folder, name), .. arguments])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            foreach (var (variable, value) in Environment) start.Environment[variable] = value;
            start.Environment["PATH"] = $"{folder.FullName}:{System.Environment.GetEnvironmentVariable("PATH")}";
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return new ScriptRun(process.ExitCode, await output, await error, File.Exists(calls) ? await File.ReadAllTextAsync(calls) : "");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

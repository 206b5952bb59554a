using System.Diagnostics;
using System.Text;
using OpenData.LocalHost;

namespace OpenData.Tests.LocalHost;

/// <summary>The host as a user runs it: a process of its own, with its terminal's output.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private HostProcess(Process process) => _process = process;

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Starts LocalHost.</summary>
    public static HostProcess Start(params string[] arguments) => Start("OpenData.LocalHost", arguments, new Dictionary<string, string>());

    /// <summary>Starts a program of ours with more settings than this process has.</summary>
    public static HostProcess Start(string program, string[] arguments, IReadOnlyDictionary<string, string> settings)
    {
        // The same `dotnet` that runs the tests, and the program as it was built beside them.
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal)
            ? Environment.ProcessPath
            : "dotnet",
            [Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        start.Environment.Remove("AzureWebJobsStorage");
        start.Environment.Remove("ASPNETCORE_URLS");
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var host = new HostProcess(Process.Start(start)!);
        host._process.OutputDataReceived += (_, line) => host.Hear(line.Data);
        host._process.ErrorDataReceived += (_, line) => host.Hear(line.Data);
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    /// <summary>Waits until the host serves, and opens a client on its address.</summary>
    public async Task<HttpClient> ReadyAsync()
    {
        await WaitForAsync("Ready.");
        await WaitForAsync("Ctrl-C stops.");
        var line = Output.Split('\n').First(text => text.Contains("the catalogue  ", StringComparison.Ordinal));
        var url = new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim());
        return new HttpClient { BaseAddress = new Uri(url.GetLeftPart(UriPartial.Authority)) };
    }

    public async Task WaitForAsync(string text)
    {
        var started = Stopwatch.GetTimestamp();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(
                _process.HasExited,
                $"The host exited with {(_process.HasExited ? _process.ExitCode : 0)} before it said '{text}':\n{Output}");
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"The host did not say '{text}':\n{Output}");
            await Task.Delay(50);
        }
    }

    /// <summary>Waits for the end and returns the exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>Ends it as Ctrl-C does; nothing less than this is there on Windows.</summary>
    public async Task<int> InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        return await ExitAsync();
    }

    /// <summary>Ends it at once, as kill -9 does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        lock (_output) _output.AppendLine(line);
    }
}

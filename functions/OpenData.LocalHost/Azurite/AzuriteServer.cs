using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace OpenData.LocalHost.Azurite;

/// <summary>A running Azurite that lives no longer than this process: see run.mjs.</summary>
public sealed partial class AzuriteServer : IAsyncDisposable
{
    // Azurite's account, which is the same on every machine: https://learn.microsoft.com/azure/storage/common/storage-connect-azurite
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly string[] Services = ["Blob", "Queue", "Table"];
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PreviousTime = TimeSpan.FromSeconds(10);
    private static readonly int[] DefaultPorts = [10000, 10001, 10002];

    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();
    private readonly Dictionary<string, string> _endpoints = [];
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AzuriteServer(Process process) => _process = process;

    /// <summary>The connection string of its account.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
        + string.Concat(Services.Select(service => $"{service}Endpoint={_endpoints[service]}/{Account};"));

    /// <summary>Whether it listens on the ports that other programs expect, 10000 to 10002.</summary>
    public bool HasDefaultPorts { get; private init; }

    /// <summary>The addresses that it listens on.</summary>
    public IEnumerable<string> Endpoints => Services.Select(service => _endpoints[service]);

    /// <summary>
    /// Starts Azurite with its data in a folder: on ports 10000 to 10002, or on free ports if another program has one of them.
    /// </summary>
    /// <exception cref="AzuriteException">Node is missing or Azurite failed; the message says what to do.</exception>
    public static async Task<AzuriteServer> StartAsync(string folder, CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(folder);
        await WaitForPreviousAsync(folder, cancellation);
        return DefaultPorts.All(IsFree)
            ? await StartAsync(["--location", folder], cancellation, defaultPorts: true)
            : await StartOnFreePortsAsync(folder, cancellation);
    }

    /// <summary>Starts Azurite on free ports, keeping everything in memory.</summary>
    /// <exception cref="AzuriteException">Node is missing or Azurite failed; the message says what to do.</exception>
    public static Task<AzuriteServer> StartInMemoryAsync(CancellationToken cancellation = default) =>
        StartAsync(["--inMemoryPersistence", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0"], cancellation);

    /// <summary>Starts Azurite on free ports, with its data in a folder.</summary>
    /// <exception cref="AzuriteException">Node is missing or Azurite failed; the message says what to do.</exception>
    public static Task<AzuriteServer> StartOnFreePortsAsync(string folder, CancellationToken cancellation = default) =>
        StartAsync(["--location", folder, "--blobPort", "0", "--queuePort", "0", "--tablePort", "0"], cancellation);

    private static async Task<AzuriteServer> StartAsync(
        string[] options, CancellationToken cancellation, bool defaultPorts = false)
    {
        var start = new ProcessStartInfo("node", ["run.mjs", "--silent", "--disableTelemetry", "--skipApiVersionCheck", .. options])
        {
            WorkingDirectory = AzuriteInstallation.Folder,
            RedirectStandardInput = true, // its closing is the signal to stop
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var server = new AzuriteServer(AzuriteInstallation.StartOrExplain(start, "node")) { HasDefaultPorts = defaultPorts };
        server.Watch();
        try
        {
            await server._listening.Task.WaitAsync(StartTime, cancellation);
            return server;
        }
        catch (TimeoutException)
        {
            await server.DisposeAsync();
            throw new AzuriteException($"Azurite did not start within {StartTime.TotalSeconds:0} seconds.{server.LastWords()}");
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private void Watch()
    {
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => _listening.TrySetException(
            new AzuriteException(
                $"Azurite stopped by itself. Its data folder may be damaged or in use: try another with --data.{LastWords()}"));
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > 10) _lastLines.Dequeue();
            if (Listening().Match(line) is not { Success: true } match) return;
            _endpoints[match.Groups["service"].Value] = match.Groups["url"].Value;
            if (_endpoints.Count == Services.Length) _listening.TrySetResult();
        }
    }

    private string LastWords()
    {
        lock (_lastLines) return _lastLines.Count == 0 ? "" : " It said:\n" + string.Join('\n', _lastLines);
    }

    // An Azurite whose host was killed needs a moment to write its state and go; its ports are free then.
    private static async Task WaitForPreviousAsync(string folder, CancellationToken cancellation)
    {
        var asked = Stopwatch.GetTimestamp();
        while (IsRunning(Path.Combine(folder, "azurite.pid")) && Stopwatch.GetElapsedTime(asked) < PreviousTime)
        {
            await Task.Delay(100, cancellation);
        }
    }

    private static bool IsRunning(string pidFile)
    {
        try
        {
            using var process = Process.GetProcessById(int.Parse(File.ReadAllText(pidFile), CultureInfo.InvariantCulture));
            return !process.HasExited;
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Whether something listens where an Azurite's blobs are by default.</summary>
    public static bool IsListening() => !IsFree(DefaultPorts[0]);

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = OperatingSystem.IsWindows() };
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Lets Azurite write its state and stop.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(new CancellationTokenSource(StopTime).Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"^Azurite (?<service>\w+) service is successfully listening at (?<url>\S+)$")]
    private static partial Regex Listening();
}

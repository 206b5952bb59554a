using System.Diagnostics;
using System.Security.Cryptography;

namespace OpenData.LocalHost.Azurite;

/// <summary>Azurite as npm installs it from the lock file beside this source: the same version on every machine.</summary>
public static class AzuriteInstallation
{
    /// <summary>
    /// The folder of package.json, package-lock.json and run.mjs: in the source tree, or beside a program that was copied elsewhere.
    /// </summary>
    public static string Folder { get; } = FindFolder();

    private static string Marker => Path.Combine(Folder, "node_modules", ".opendata-installed");

    /// <summary>Runs <c>npm ci</c> unless the lock file's packages are there already. Several processes may call it at once.</summary>
    /// <param name="announce">Told once if an installation begins, as it takes up to a minute.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="AzuriteException">npm is missing or failed; the message says what to do.</exception>
    public static async Task EnsureAsync(Action announce, CancellationToken cancellation = default)
    {
        var wanted = Convert.ToHexString(
            SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json"), cancellation)));
        if (IsInstalled(wanted)) return;

        await using var turn = await TakeTurnAsync(cancellation);
        if (IsInstalled(wanted)) return; // another process did it meanwhile

        announce();
        await RunNpmAsync(cancellation);
        await File.WriteAllTextAsync(Marker, wanted, cancellation);
    }

    private static string FindFolder()
    {
        var source = Path.Combine(Repository.Root, "functions", "OpenData.LocalHost", "Azurite");
        return Directory.Exists(source) ? source : Path.Combine(AppContext.BaseDirectory, "Azurite");
    }

    private static bool IsInstalled(string wanted) => File.Exists(Marker) && File.ReadAllText(Marker) == wanted;

    private static async Task<FileStream> TakeTurnAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream(
                    Path.Combine(Folder, ".installing"),
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None,
                    1,
                    FileOptions.DeleteOnClose);
            }
            catch (IOException)
            {
                await Task.Delay(200, cancellation);
            }
        }
    }

    private static async Task RunNpmAsync(CancellationToken cancellation)
    {
        // On Windows npm is a .cmd file, which only a shell can start.
        string[] npm = OperatingSystem.IsWindows() ? ["cmd", "/c", "npm"] : ["npm"];
        var start = new ProcessStartInfo(npm[0], [.. npm[1..], "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = StartOrExplain(start, "npm");
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
        {
            throw new AzuriteException(
                $"npm could not install Azurite (exit code {process.ExitCode}). Check the network or the npm registry, then try again, "
                + $"or name a storage account with --storage.\n{(await errors).Trim()}\n{(await output).Trim()}".TrimEnd());
        }
    }

    /// <summary>Starts a program of Node's.</summary>
    /// <exception cref="AzuriteException">It is not on the PATH.</exception>
    internal static Process StartOrExplain(ProcessStartInfo start, string program)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new AzuriteException(
                $"'{program}' was not found on the PATH. Azurite, the storage emulator, runs on Node.js: install Node.js 20 or later "
                + "from https://nodejs.org (npm comes with it), or name a storage account with --storage.");
        }
    }
}

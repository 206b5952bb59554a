using System.Diagnostics;
using System.Text.Json;

namespace OpenData.LocalHost.Azurite;

/// <summary>
/// Where the Azurite of a running host listens: a small file in the host's data folder, by which <c>drop</c>, <c>key</c> and a second start
/// find it.
/// </summary>
/// <param name="ConnectionString">The account's connection string.</param>
/// <param name="ProcessId">The host's process.</param>
/// <param name="StartedAt">When that process started, because process ids are used again.</param>
internal sealed record RunningStorage(string ConnectionString, int ProcessId, DateTime StartedAt)
{
    private const string FileName = "storage.json";

    /// <summary>What the running host of a data folder wrote, or null if none runs.</summary>
    public static RunningStorage? Find(string dataFolder)
    {
        try
        {
            var written = JsonSerializer.Deserialize<RunningStorage>(File.ReadAllText(Path.Combine(dataFolder, FileName)));
            return written is not null && written.IsRunning() ? written : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes where this process's Azurite listens.</summary>
    public static void Write(string dataFolder, string connectionString)
    {
        using var process = Process.GetCurrentProcess();
        var running = new RunningStorage(connectionString, process.Id, process.StartTime.ToUniversalTime());
        File.WriteAllText(Path.Combine(dataFolder, FileName), JsonSerializer.Serialize(running));
    }

    /// <summary>Removes the file, when the Azurite stops.</summary>
    public static void Remove(string dataFolder) => File.Delete(Path.Combine(dataFolder, FileName));

    private bool IsRunning()
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return (process.StartTime.ToUniversalTime() - StartedAt).Duration() < TimeSpan.FromSeconds(2);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false; // there is no such process, or it has just ended
        }
    }
}

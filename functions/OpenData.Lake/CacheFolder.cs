namespace OpenData.Lake;

/// <summary>
/// A folder on the local disk that is one process's own for as long as it lives: of several processes that are given the same root each
/// takes one
/// of its own, and a process that starts again finds what it left. Files that an ended process left in a folder that is not in use are
/// deleted.
/// </summary>
internal sealed class CacheFolder : IDisposable
{
    private const int MostProcesses = 64;

    private readonly FileStream _lock;

    private CacheFolder(string path, FileStream taken) => (Path, _lock) = (path, taken);

    /// <summary>Its absolute path.</summary>
    public string Path { get; }

    /// <summary>Takes the first folder below a root that no other process has.</summary>
    /// <exception cref="IOException">The root cannot be written to, or too many processes share it.</exception>
    public static CacheFolder Take(string root)
    {
        root = System.IO.Path.GetFullPath(root);
        Directory.CreateDirectory(root);
        for (var number = 1; number <= MostProcesses; number++)
        {
            var path = System.IO.Path.Combine(root, number == 1 ? "process" : $"process-{number}");
            if (TryLock(path) is not { } taken) continue;
            Directory.CreateDirectory(path);
            ClearAbandoned(root, path);
            return new CacheFolder(path, taken);
        }

        throw new IOException(
            $"{MostProcesses} processes share the cache folder {root}. Give this one a folder of its own with the setting CachePath.");
    }

    /// <summary>Lets another process take it; its content stays.</summary>
    public void Dispose() => _lock.Dispose();

    private static void ClearAbandoned(string root, string mine)
    {
        foreach (var folder in Directory.GetDirectories(root, "process*").Where(folder => folder != mine))
        {
            using var taken = TryLock(folder);
            if (taken is not null) Directory.Delete(folder, recursive: true);
        }
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException) when (File.Exists(path + ".lock"))
        {
            return null; // another process has it
        }
    }
}

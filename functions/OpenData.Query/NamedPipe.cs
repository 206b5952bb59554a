using System.ComponentModel;
using System.Runtime.InteropServices;

namespace OpenData.Query;

/// <summary>
/// A file that is a pipe: what DuckDB writes to its path comes out of <see cref="OpenAsync"/> as it is written, and nothing is kept on disk.
/// </summary>
internal sealed partial class NamedPipe : IDisposable
{
    /// <summary>Makes one, where the system has them.</summary>
    public NamedPipe(string path)
    {
        Path = path;
        if (MakeFifo(path, 0x180) != 0) throw new IOException($"No pipe could be made at {path}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
    }

    /// <summary>Whether the system has pipes in its file system.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    public string Path { get; }

    /// <summary>Opens its reading end; waits until someone opens the other.</summary>
    public Task<FileStream> OpenAsync() => Task.Run(() => new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1));

    /// <summary>Lets a reader go that waits for a writer who will not come, or does not wait yet.</summary>
    /// <param name="opening">What <see cref="OpenAsync"/> returned; it is completed then.</param>
    public async Task UnblockAsync(Task<FileStream> opening)
    {
        await using var nobody = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 1);
        await opening;
    }

    public void Dispose() => File.Delete(Path);

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, uint mode);
}

using System.ComponentModel;
using System.Runtime.InteropServices;

namespace OpenData.Query.Exports;

/// <summary>
/// A named pipe (FIFO): what DuckDB writes to its path is read from <see cref="OpenAsync"/> as it is written, and nothing is kept on disk.
/// </summary>
internal sealed partial class NamedPipe : IDisposable
{
    /// <summary>Creates one; its file is deleted when it is disposed.</summary>
    public NamedPipe(string path)
    {
        Path = path;
        const uint OwnerReadsAndWrites = 0x180;
        if (MakeFifo(path, OwnerReadsAndWrites) == 0) return;
        throw new IOException($"A named pipe could not be created at {path}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
    }

    /// <summary>Whether the system has named pipes in its file system.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    public string Path { get; }

    /// <summary>Opens its reading end; completes when the writing end is opened.</summary>
    public Task<FileStream> OpenAsync() =>
        Task.Run(() => new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1));

    /// <summary>Completes a pending <see cref="OpenAsync"/> when no writer will open the pipe.</summary>
    /// <param name="opening">What <see cref="OpenAsync"/> returned.</param>
    public async Task UnblockAsync(Task<FileStream> opening)
    {
        await using var writer = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 1);
        await opening;
    }

    public void Dispose() => File.Delete(Path);

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, uint mode);
}

using OpenData.Ingest.Records;

namespace OpenData.Ingest.Packing;

/// <summary>
/// A file of this machine with a source's bytes, for readers that need to seek or that open files themselves; never in memory.
/// </summary>
internal sealed class LocalCopy : IDisposable
{
    private readonly bool _temporary;

    private LocalCopy(string path, bool temporary) => (Path, _temporary) = (path, temporary);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Copies a source to a temporary file, which is gone with this object; a file of this machine is used where it is.</summary>
    public static LocalCopy Of(SourceContent source)
    {
        if (source is LocalFileContent local) return new LocalCopy(local.Path, temporary: false);
        var copy = new LocalCopy(System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName()), temporary: true);
        try
        {
            using var from = source.Open();
            using var to = new FileStream(copy.Path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            from.CopyTo(to);
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_temporary) File.Delete(Path);
    }
}

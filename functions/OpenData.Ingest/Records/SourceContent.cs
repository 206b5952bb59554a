namespace OpenData.Ingest.Records;

/// <summary>
/// Bytes that can be read any number of times and are the same each time: a blob pinned by its ETag, a local file,
/// or what a compressed one of these holds.
/// </summary>
internal abstract class SourceContent
{
    /// <summary>The file's name for people, without a folder.</summary>
    public abstract string Name { get; }

    /// <summary>The number of bytes, or null where only reading to the end would tell.</summary>
    public abstract long? Length { get; }

    /// <summary>Opens the bytes at their beginning. The stream need not be seekable; the caller disposes it.</summary>
    public abstract Stream Open();
}

/// <summary>A file on this machine.</summary>
/// <param name="path">Its path; it must not change while it is read.</param>
internal sealed class LocalFileContent(string path) : SourceContent
{
    /// <summary>Its path.</summary>
    public string Path => path;

    /// <inheritdoc/>
    public override string Name => System.IO.Path.GetFileName(path);

    /// <inheritdoc/>
    public override long? Length => new FileInfo(path).Length;

    /// <inheritdoc/>
    public override Stream Open() =>
        new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
}

using OpenData.Ingest.Records;

namespace OpenData.Ingest.Packing;

/// <summary>
/// Formats whose directory is at their end need to seek; what cannot seek goes through a temporary file, not through memory.
/// </summary>
internal static class SeekableCopy
{
    /// <summary>Opens the content so that it can seek; a copy is deleted when the stream is closed.</summary>
    public static Stream Open(SourceContent source)
    {
        var stream = source.Open();
        if (stream.CanSeek) return stream;
        using (stream)
        {
            var copy = new FileStream(
                Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
                FileMode.CreateNew,
                FileAccess.ReadWrite,
                FileShare.None,
                1 << 16,
                FileOptions.DeleteOnClose);
            try
            {
                stream.CopyTo(copy);
                copy.Position = 0;
                return copy;
            }
            catch
            {
                copy.Dispose();
                throw;
            }
        }
    }
}

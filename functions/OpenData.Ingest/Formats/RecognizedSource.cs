using OpenData.Ingest.Records;

namespace OpenData.Ingest.Formats;

/// <summary>What a file turned out to be.</summary>
/// <param name="Content">The data itself: the file's bytes, or what the compressed file or the archive holds.</param>
/// <param name="Container">What it was packed in, as a suffix of the format's name (<c>.gz</c>, <c>.zip</c>); empty if it was not.</param>
/// <param name="Records">Its records; null for delimited text, which the pipeline reads by itself.</param>
internal sealed record RecognizedSource(SourceContent Content, string Container, RecordSource? Records) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Records?.Dispose();
}

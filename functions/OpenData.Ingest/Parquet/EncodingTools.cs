using ZstdNet;

namespace OpenData.Ingest.Parquet;

/// <summary>
/// What it takes to encode a column besides the column: a compressor and working memory. One thread's own, and used for one column after
/// another, so that a table of thousands of columns does not hold it as often.
/// </summary>
internal sealed class EncodingTools : IDisposable
{
    /// <summary>Compresses pages.</summary>
    public Compressor Compressor { get; } = new(new CompressionOptions(ParquetPartWriter.CompressionLevel));

    /// <summary>A page before compression.</summary>
    public ByteBuffer Page { get; } = new(1 << 20);

    /// <summary>A page's header.</summary>
    public ByteBuffer Header { get; } = new();

    /// <summary>The distinct values of the column that is being encoded.</summary>
    public ValueDictionary Dictionary { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => Compressor.Dispose();
}

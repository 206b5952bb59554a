namespace OpenData.Ingest;

/// <summary>Where the Parquet parts of a conversion go.</summary>
internal interface IPartSink
{
    /// <summary>
    /// Opens the part with this number, from 0, for writing; parts come in row order and one at a time. Disposing the stream
    /// completes the part. The stream need not be seekable.
    /// </summary>
    Task<Stream> CreateAsync(int index, CancellationToken cancellation);

    /// <summary>
    /// Discards every part written so far: the first guess of the types was wrong and the file is read anew. Numbering begins at 0 again.
    /// </summary>
    Task DiscardAllAsync(CancellationToken cancellation);
}

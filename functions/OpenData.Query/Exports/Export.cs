using OpenData.Query.Compilation;

namespace OpenData.Query.Exports;

/// <summary>
/// The whole answer to a question as one file, streamed. Its first rows are computed; the others follow as fast as the client reads them.
/// Disposing it stops its statement.
/// </summary>
public abstract class Export : IDisposable
{
    /// <summary>What the question touched.</summary>
    public required Footprint Footprint { get; init; }

    /// <summary>Rows written so far.</summary>
    public long Rows { get; private protected set; }

    /// <summary>Writes the file.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the statement is stopped.</exception>
    public abstract Task WriteAsync(Stream output, CancellationToken cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops the statement and lets go of what it reads.</summary>
    protected abstract void Dispose(bool disposing);
}

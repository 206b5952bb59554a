using DuckDB.NET.Native;

namespace OpenData.DuckDb;

/// <summary>The result of a running statement, fetched in chunks of at most 2,048 rows that stay in DuckDB's memory.</summary>
public sealed class ResultReader : IDisposable
{
    private readonly Connection _connection;
    private DuckDBResult _result;

    internal ResultReader(Connection connection, DuckDBResult result)
    {
        _connection = connection;
        _result = result;
        ColumnCount = (int)NativeMethods.Query.DuckDBColumnCount(ref _result);
    }

    /// <summary>The number of columns.</summary>
    public int ColumnCount { get; }

    /// <summary>A column's name.</summary>
    public string ColumnName(int column) => NativeMethods.Query.DuckDBColumnName(ref _result, column);

    /// <summary>
    /// Computes the next chunk; null at the end. The caller disposes it; it stays valid while further chunks are fetched.
    /// </summary>
    /// <exception cref="StatementException">The statement failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public DataChunk? Next(CancellationToken cancellation)
    {
        using var interrupt = cancellation.Register(_connection.Interrupt);
        var chunk = NativeMethods.Query.DuckDBFetchChunk(_result);
        if (!chunk.IsInvalid && !cancellation.IsCancellationRequested)
        {
            var rows = (int)NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk);
            if (rows > 0) return new DataChunk(chunk, rows, ColumnCount);
        }

        chunk.Dispose();
        cancellation.ThrowIfCancellationRequested();
        if (!string.IsNullOrEmpty(NativeMethods.Query.DuckDBResultError(ref _result))) throw Connection.Failure(ref _result);
        return null;
    }

    /// <summary>All chunks, one after another. Each is disposed when the next one is requested.</summary>
    /// <inheritdoc cref="Next" path="/exception"/>
    public IEnumerable<DataChunk> Chunks(CancellationToken cancellation)
    {
        while (Next(cancellation) is { } next)
        {
            using var chunk = next;
            yield return chunk;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => NativeMethods.Query.DuckDBDestroyResult(ref _result);
}

using DuckDB.NET.Native;

namespace OpenData.Query.Engine;

/// <summary>The rows of a running statement, a chunk of at most 2,048 at a time, as they lie in DuckDB's memory.</summary>
internal sealed class ResultStream : IDisposable
{
    private readonly DuckDbConnection _connection;
    private DuckDBResult _result;
    private DuckDBDataChunk? _chunk, _before;

    public ResultStream(DuckDbConnection connection, DuckDBResult result)
    {
        _connection = connection;
        _result = result;
        ColumnCount = (int)NativeMethods.Query.DuckDBColumnCount(ref _result);
    }

    public int ColumnCount { get; }

    /// <summary>
    /// Makes the next chunk; null at the end. The one before stays, so that it can be written meanwhile; the one before that is no longer there.
    /// </summary>
    /// <exception cref="DuckDbException">The statement failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Chunk? Next(CancellationToken cancellation)
    {
        using var interrupt = cancellation.Register(_connection.Interrupt);
        _before?.Dispose();
        _before = _chunk;
        _chunk = NativeMethods.Query.DuckDBFetchChunk(_result);
        cancellation.ThrowIfCancellationRequested();
        if (!_chunk.IsInvalid)
        {
            var rows = (int)NativeMethods.DataChunks.DuckDBDataChunkGetSize(_chunk);
            if (rows > 0) return new Chunk(_chunk, rows, ColumnCount);
        }

        if (!string.IsNullOrEmpty(NativeMethods.Query.DuckDBResultError(ref _result))) throw DuckDbConnection.Failure(ref _result);
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _before?.Dispose();
        _chunk?.Dispose();
        NativeMethods.Query.DuckDBDestroyResult(ref _result);
    }
}

/// <summary>Some rows of a result.</summary>
internal sealed class Chunk
{
    private readonly Vector[] _vectors;

    public Chunk(DuckDBDataChunk chunk, int rows, int columns)
    {
        Rows = rows;
        _vectors = new Vector[columns];
        for (var i = 0; i < columns; i++) _vectors[i] = new Vector(NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, i));
    }

    public int Rows { get; }

    public Vector this[int column] => _vectors[column];
}

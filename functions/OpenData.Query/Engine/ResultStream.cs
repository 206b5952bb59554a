using DuckDB.NET.Native;

namespace OpenData.Query.Engine;

/// <summary>The rows of a running statement, a chunk of at most 2,048 at a time, as they lie in DuckDB's memory.</summary>
internal sealed class ResultStream : IDisposable
{
    private readonly DuckDbConnection _connection;
    private DuckDBResult _result;

    public ResultStream(DuckDbConnection connection, DuckDBResult result)
    {
        _connection = connection;
        _result = result;
        ColumnCount = (int)NativeMethods.Query.DuckDBColumnCount(ref _result);
    }

    public int ColumnCount { get; }

    /// <summary>Makes the next chunk; null at the end. Whoever takes it disposes it; until then it stays, also while others are made.</summary>
    /// <exception cref="DuckDbException">The statement failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Chunk? Next(CancellationToken cancellation)
    {
        using var interrupt = cancellation.Register(_connection.Interrupt);
        var chunk = NativeMethods.Query.DuckDBFetchChunk(_result);
        if (!chunk.IsInvalid && !cancellation.IsCancellationRequested)
        {
            var rows = (int)NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk);
            if (rows > 0) return new Chunk(chunk, rows, ColumnCount);
        }

        chunk.Dispose();
        cancellation.ThrowIfCancellationRequested();
        if (!string.IsNullOrEmpty(NativeMethods.Query.DuckDBResultError(ref _result))) throw DuckDbConnection.Failure(ref _result);
        return null;
    }

    /// <summary>The chunks one after another, to be read in the loop: each is gone when the next is asked for.</summary>
    /// <inheritdoc cref="Next" path="/exception"/>
    public IEnumerable<Chunk> All(CancellationToken cancellation)
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

/// <summary>Some rows of a result. One thread reads it at a time.</summary>
internal sealed class Chunk : IDisposable
{
    private readonly DuckDBDataChunk _chunk;
    private readonly Vector[] _vectors;

    public Chunk(DuckDBDataChunk chunk, int rows, int columns)
    {
        _chunk = chunk;
        Rows = rows;
        _vectors = new Vector[columns];
        for (var i = 0; i < columns; i++) _vectors[i] = new Vector(NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, i));
    }

    public int Rows { get; }

    public Vector this[int column] => _vectors[column];

    /// <inheritdoc/>
    public void Dispose() => _chunk.Dispose();
}

using DuckDB.NET.Native;

namespace OpenData.DuckDb;

/// <summary>Some rows of a result, column by column. Only one thread may read it at a time.</summary>
public sealed class DataChunk : IDisposable
{
    private readonly DuckDBDataChunk _chunk;
    private readonly ColumnVector[] _columns;

    internal DataChunk(DuckDBDataChunk chunk, int rows, int columns)
    {
        _chunk = chunk;
        Rows = rows;
        _columns = new ColumnVector[columns];
        for (var i = 0; i < columns; i++) _columns[i] = new ColumnVector(NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, i));
    }

    /// <summary>The number of rows, 1 to 2,048.</summary>
    public int Rows { get; }

    /// <summary>A column.</summary>
    public ColumnVector this[int column] => _columns[column];

    /// <inheritdoc/>
    public void Dispose() => _chunk.Dispose();
}

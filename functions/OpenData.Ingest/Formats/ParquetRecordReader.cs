using OpenData.DuckDb;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Formats;

/// <summary>Reads the rows of a Parquet file, each value in the plain text form that DuckDB gives it.</summary>
internal sealed class ParquetRecordReader : RecordReader
{
    private readonly bool[] _json;
    private readonly Database _database;
    private readonly Connection _connection;
    private readonly ResultReader _rows;
    private DataChunk? _chunk;
    private int _rowOfChunk;
    private long _row;

    /// <summary>Opens the rows.</summary>
    /// <param name="table">The table function that reads the file.</param>
    /// <param name="columns">Its columns and the names of their types in DuckDB.</param>
    public ParquetRecordReader(string table, IReadOnlyList<(string Name, string Type)> columns)
    {
        Count = columns.Count;
        _json = [.. columns.Select(column => DuckDbFile.IsNested(column.Type))];
        _database = DuckDbFile.Open();
        _connection = _database.Connect();
        var texts = columns.Select(column => DuckDbFile.AsText(Sql.Identifier(column.Name), column.Type));
        try
        {
            _rows = _connection.Stream($"SELECT {string.Join(", ", texts)} FROM {table}", [], CancellationToken.None);
        }
        catch (StatementException e)
        {
            _connection.Dispose();
            _database.Dispose();
            throw ParquetProblems.Broken(e);
        }
    }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override long Line => _row;

    /// <inheritdoc/>
    public override long ByteOffset => -1;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Cell(int index) => IsAbsent(index) ? default : _chunk![index].Text(_rowOfChunk);

    /// <inheritdoc/>
    public override bool IsAbsent(int index) => _chunk![index].IsNull(_rowOfChunk);

    /// <inheritdoc/>
    public override bool IsJson(int index) => _json[index] && !IsAbsent(index);

    /// <inheritdoc/>
    public override bool Read()
    {
        _rowOfChunk++;
        if (_chunk is null || _rowOfChunk == _chunk.Rows)
        {
            _chunk?.Dispose();
            _chunk = Next();
            _rowOfChunk = 0;
            if (_chunk is null) return false;
        }

        _row++;
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _chunk?.Dispose();
            _rows.Dispose();
            _connection.Dispose();
            _database.Dispose();
        }

        base.Dispose(disposing);
    }

    private DataChunk? Next()
    {
        try
        {
            return _rows.Next(CancellationToken.None);
        }
        catch (StatementException e)
        {
            throw ParquetProblems.Broken(e);
        }
    }
}

using System.Text;
using DuckDB.NET.Data;

namespace OpenData.Ingest.Formats;

/// <summary>One row of a Parquet file after another, each value as DuckDB writes it in its plain form.</summary>
internal sealed class ParquetRecordReader : RecordReader
{
    private readonly ByteArena _arena = new();
    private readonly (int Start, int Length, bool Present)[] _cells;
    private readonly bool[] _json;
    private readonly DuckDBConnection _duckdb;
    private readonly DuckDBCommand _command;
    private readonly DuckDBDataReader _rows;
    private long _row;

    /// <summary>Opens the rows.</summary>
    /// <param name="table">The table function that reads the file.</param>
    /// <param name="columns">Its columns and their types in DuckDB's words.</param>
    public ParquetRecordReader(string table, IReadOnlyList<(string Name, string Type)> columns)
    {
        _cells = new (int, int, bool)[columns.Count];
        _json = [.. columns.Select(column => DuckDbFile.IsNested(column.Type))];
        _duckdb = DuckDbFile.Open();
        _command = _duckdb.CreateCommand();
        _command.UseStreamingMode = true;
        _command.CommandText = $"SELECT {string.Join(", ", columns.Select(column => DuckDbFile.AsText(DuckDbFile.Identifier(column.Name), column.Type)))} FROM {table}";
        try
        {
            _rows = _command.ExecuteReader();
        }
        catch (DuckDBException e)
        {
            _command.Dispose();
            _duckdb.Dispose();
            throw ParquetProblems.Broken(e);
        }
    }

    /// <inheritdoc/>
    public override int Count => _cells.Length;

    /// <inheritdoc/>
    public override long Line => _row;

    /// <inheritdoc/>
    public override long ByteOffset => -1;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Cell(int index) => _arena.Slice(_cells[index].Start, _cells[index].Length);

    /// <inheritdoc/>
    public override bool IsAbsent(int index) => !_cells[index].Present;

    /// <inheritdoc/>
    public override bool IsJson(int index) => _json[index] && _cells[index].Present;

    /// <inheritdoc/>
    public override bool Read()
    {
        try
        {
            if (!_rows.Read()) return false;
        }
        catch (DuckDBException e)
        {
            throw ParquetProblems.Broken(e);
        }

        _row++;
        _arena.Clear();
        for (var i = 0; i < _cells.Length; i++)
        {
            if (_rows.IsDBNull(i))
            {
                _cells[i] = default;
                continue;
            }

            var text = _rows.GetString(i);
            var start = _arena.Length;
            var room = _arena.Extend(Encoding.UTF8.GetMaxByteCount(text.Length));
            _arena.Shrink(start + Encoding.UTF8.GetBytes(text, room));
            _cells[i] = (start, _arena.Length - start, true);
        }

        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rows.Dispose();
            _command.Dispose();
            _duckdb.Dispose();
        }

        base.Dispose(disposing);
    }
}

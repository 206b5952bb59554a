using OpenData.DuckDb;
using OpenData.Ingest.Packing;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Formats;

/// <summary>
/// A dropped Parquet file, read by DuckDB and rewritten like everything else, so that what is served has our types, statistics and row
/// groups. DuckDB and not Parquet.Net, because decimals beyond 28 digits, nanoseconds and nested values come through whole, and because it
/// streams where Parquet.Net holds a row group.
/// </summary>
internal sealed class ParquetRecordSource : RecordSource
{
    private readonly LocalCopy _file;
    private readonly List<(string Name, string Type)> _columns;

    /// <summary>Reads the schema.</summary>
    /// <exception cref="UnreadableSourceException">The file is broken or encrypted.</exception>
    public ParquetRecordSource(SourceContent source)
    {
        _file = LocalCopy.Of(source);
        try
        {
            using var database = DuckDbFile.Open();
            using var connection = database.Connect();
            _columns = DuckDbFile.Describe(connection, Table);
        }
        catch (StatementException e)
        {
            _file.Dispose();
            throw ParquetProblems.Broken(e);
        }
    }

    /// <inheritdoc/>
    public override string Format => "parquet";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Labels => [.. _columns.Select(column => column.Name)];

    private string Table => $"read_parquet({Sql.Literal(_file.Path)})";

    /// <inheritdoc/>
    public override RecordReader Open(ProblemLog problems)
    {
        foreach (var (name, _) in _columns.Where(column => column.Type == "BLOB")) problems.Add(ParquetProblems.Binary(name));
        return new ParquetRecordReader(Table, _columns);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }
}

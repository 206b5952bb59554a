using System.Text.Json;
using OpenData.Catalog;
using OpenData.DuckDb;
using OpenData.Query.Compilation;
using OpenData.Query.Subjects;

namespace OpenData.Query.Exports;

/// <summary>
/// The datasets of the catalogue that a question concerns, in its order, one after another: what is held of them is one chunk, however many
/// there are. Disposing it stops its statement.
/// </summary>
public sealed class DatasetExport : IDisposable
{
    private readonly Connection _connection;
    private readonly IDisposable _lease;
    private readonly ResultReader _rows;
    private DataChunk? _chunk;

    private DatasetExport(Connection connection, IDisposable lease, ResultReader rows, Footprint footprint)
    {
        (_connection, _lease, _rows) = (connection, lease, rows);
        Footprint = footprint;
    }

    /// <summary>What the question touched.</summary>
    public Footprint Footprint { get; }

    /// <summary>Starts the statement and computes its first rows.</summary>
    internal static DatasetExport Start(Connection connection, Statement statement, IDisposable lease, CancellationToken cancellation)
    {
        var rows = statement.Start(connection, cancellation);
        try
        {
            return new DatasetExport(connection, lease, rows, statement.Footprint) { _chunk = rows.Next(cancellation) };
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <summary>Reads the datasets, once.</summary>
    public IEnumerable<ServedDataset> Read(CancellationToken cancellation)
    {
        while (_chunk is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
            {
                yield return new ServedDataset(JsonSerializer.Deserialize<CatalogRecord>(chunk[0].Text(row), OpenDataJson.Stored)!);
            }

            _chunk = null;
            chunk.Dispose();
            _chunk = _rows.Next(cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Interrupt();
        _chunk?.Dispose();
        _rows.Dispose();
        _connection.Dispose();
        _lease.Dispose();
    }
}

using OpenData.DuckDb;
using OpenData.Query.Compilation;
using OpenData.Query.Formats;

namespace OpenData.Query.Exports;

/// <summary>
/// An export that is written row by row, from DuckDB's memory into the answer's. Chunks are fetched one by one and leave in that order; in
/// between, several of them are formatted at the same time.
/// </summary>
internal sealed class RowExport : Export
{
    private const int SendBytes = 256 * 1024;

    // How many rows are formatted between two checks of the buffer's size.
    private const int RowsAtOnce = 64;

    // One formats while DuckDB scans on the other core; two keep both cores busy where formatting a row costs more than reading it.
    private const int Writers = 2;

    private readonly Connection _connection;
    private readonly IDisposable _lease;
    private readonly ResultReader _rows;
    private readonly (RowWriter Rows, Utf8Output Text)[] _writers;
    private DataChunk? _chunk;

    private RowExport(Connection connection, IDisposable lease, ResultReader rows, DataChunk? first, Func<RowWriter> writer)
    {
        _connection = connection;
        _lease = lease;
        _rows = rows;
        _chunk = first;
        var one = writer();
        _writers = [.. Enumerable.Range(0, one.IsSharing ? Writers : 1).Select(i => (i == 0 ? one : writer(), new Utf8Output(SendBytes)))];
    }

    /// <summary>Starts the statement and computes its first rows.</summary>
    public static RowExport Start(
        Connection connection, Statement statement, IDisposable lease, Func<RowWriter> writer, CancellationToken cancellation)
    {
        var rows = statement.Start(connection, cancellation);
        DataChunk? first = null;
        try
        {
            first = rows.Next(cancellation);
            return new RowExport(connection, lease, rows, first, writer) { Footprint = statement.Footprint };
        }
        catch
        {
            first?.Dispose();
            rows.Dispose();
            throw;
        }
    }

    public override async Task WriteAsync(Stream output, CancellationToken cancellation)
    {
        var (first, text) = _writers[0];
        var writing = new Task[_writers.Length];
        Array.Fill(writing, Task.CompletedTask);
        var last = Task.CompletedTask;
        try
        {
            first.Begin(text);
            for (var number = 0; _chunk is { } chunk; number++)
            {
                var turn = number % writing.Length;
                await writing[turn];
                var (before, isFirst) = (last, number == 0);
                _chunk = null; // its writer disposes it
                last = writing[turn] = Task.Run(
                    () => WriteAsync(chunk, _writers[turn], isFirst, before, output, cancellation), CancellationToken.None);
                // DuckDB computes the next rows on this thread while these are written.
                _chunk = _rows.Next(cancellation);
            }

            await last;
            first.End(text);
            await SendAsync(text, output, cancellation);
        }
        finally
        {
            await Task.WhenAll(writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A chunk is formatted at once and sent after all chunks before it. A slow client slows the statement down here; one that left ends it.
    private async Task WriteAsync(
        DataChunk chunk, (RowWriter Rows, Utf8Output Text) writer, bool first, Task before, Stream output, CancellationToken cancellation)
    {
        using var _ = chunk;
        var text = writer.Text;
        for (int from = 0, until; from < chunk.Rows; from = until)
        {
            until = Math.Min(from + RowsAtOnce, chunk.Rows);
            writer.Rows.Rows(text, chunk, from, until, first && from == 0);
            if (text.Length < SendBytes) continue;
            await before;
            await SendAsync(text, output, cancellation);
        }

        await before;
        Rows += chunk.Rows;
        await SendAsync(text, output, cancellation);
    }

    private static async ValueTask SendAsync(Utf8Output text, Stream output, CancellationToken cancellation)
    {
        await output.WriteAsync(text.WrittenMemory, cancellation);
        await output.FlushAsync(cancellation); // a compressed answer, too, must not hold rows back
        text.Clear();
    }

    protected override void Dispose(bool disposing)
    {
        _connection.Interrupt();
        _chunk?.Dispose();
        _rows.Dispose();
        _connection.Dispose();
        _lease.Dispose();
    }
}

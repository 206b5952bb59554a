using OpenData.DuckDb;
using OpenData.Query.Formats;
using OpenData.Query.Plan;

namespace OpenData.Query;

/// <summary>
/// The whole answer to a question as one file, streamed: its first rows are made, the others follow as fast as they are read by whoever
/// asked. Whoever holds it disposes it, which stops its statement.
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

/// <summary>
/// An export that is written row by row, from DuckDB's memory into the answer's. Rows come a chunk at a time and leave in that order; in between,
/// several chunks become text at once.
/// </summary>
internal sealed class RowExport : Export
{
    private const int SendBytes = 256 * 1024;

    // Between two looks at how much text there is.
    private const int RowsAtOnce = 64;

    // One makes text while DuckDB scans on the other core; two keep both busy wherever a row costs more to write than to read.
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

    /// <summary>Starts the statement and makes its first rows.</summary>
    public static RowExport Start(Connection connection, Statement statement, IDisposable lease, Func<RowWriter> writer, CancellationToken cancellation)
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
                _chunk = null; // its writer's now
                last = writing[turn] = Task.Run(() => WriteAsync(chunk, _writers[turn], isFirst, before, output, cancellation), CancellationToken.None);
                // DuckDB makes the next rows here while these are written.
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

    // Text is made at once, and sent when all before it is: there a slow reader slows the statement down, and one that is gone ends it.
    private async Task WriteAsync(DataChunk chunk, (RowWriter Rows, Utf8Output Text) writer, bool first, Task before, Stream output, CancellationToken cancellation)
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
        await output.FlushAsync(cancellation); // also where it is compressed: rows are not kept waiting for others
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

/// <summary>An export that DuckDB writes itself, through a pipe: row groups leave as they are made.</summary>
internal sealed class ParquetExport(Connection connection, Statement statement, IDisposable lease, string folder, string compression) : Export
{
    public override async Task WriteAsync(Stream output, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, $"export-{Guid.NewGuid():n}.tmp");
        if (NamedPipe.IsSupported) await PipeAsync(path, output, cancellation);
        else await CopyAsync(path, output, cancellation);
        await output.FlushAsync(cancellation);
    }

    private async Task PipeAsync(string path, Stream output, CancellationToken cancellation)
    {
        using var pipe = new NamedPipe(path);
        var opening = pipe.OpenAsync();
        var copying = Task.Run(() => Copy(path, cancellation), CancellationToken.None);
        await Task.WhenAny(opening, copying);
        if (!opening.IsCompleted) await pipe.UnblockAsync(opening); // the statement failed, or ended, before it wrote anything
        await using (var file = await opening)
        {
            try
            {
                await file.CopyToAsync(output, cancellation);
            }
            catch
            {
                // DuckDB may be waiting for us to read: stop it, and let what it still writes fail.
                connection.Interrupt();
                throw;
            }
        }

        await copying;
    }

    // Where there are no such pipes the file is made first.
    private async Task CopyAsync(string path, Stream output, CancellationToken cancellation)
    {
        try
        {
            await Task.Run(() => Copy(path, cancellation), cancellation);
            await using var file = File.OpenRead(path);
            await file.CopyToAsync(output, cancellation);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private void Copy(string path, CancellationToken cancellation)
    {
        var names = statement.Columns.Select(column => Sql.Identifier(column.Name)).ToList();
        var total = statement.HasTotal ? ", " + Sql.Identifier(new string('_', 1 + statement.Columns.Max(column => column.Name.Length))) : "";
        var rows = $"SELECT {string.Join(", ", names)} FROM ({statement.Sql}) AS named({string.Join(", ", names)}{total})";
        var sql = $"COPY ({rows}) TO {Sql.Literal(path)} (FORMAT parquet, USE_TMP_FILE false, COMPRESSION {(compression == "zstd" ? "zstd" : "snappy")})";
        using var copied = (statement with { Sql = sql }).Start(connection, cancellation);
        Rows = (long)copied.Next(cancellation)![0].Integer(0);
    }

    protected override void Dispose(bool disposing)
    {
        connection.Dispose();
        lease.Dispose();
    }
}

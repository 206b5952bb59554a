using System.Buffers;
using System.IO.Pipelines;
using OpenData.Query.Engine;
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
    public abstract Task WriteAsync(PipeWriter output, CancellationToken cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops the statement and lets go of what it reads.</summary>
    protected abstract void Dispose(bool disposing);
}

/// <summary>An export that is written row by row, from DuckDB's memory into the answer's.</summary>
internal sealed class RowExport : Export
{
    private const int FlushBytes = 64 * 1024;

    private readonly DuckDbConnection _connection;
    private readonly IDisposable _lease;
    private readonly ResultStream _rows;
    private readonly RowWriter _writer;
    private readonly Chunk? _chunk;

    private RowExport(DuckDbConnection connection, IDisposable lease, ResultStream rows, Chunk? first, RowWriter writer)
    {
        _connection = connection;
        _lease = lease;
        _rows = rows;
        _chunk = first;
        _writer = writer;
    }

    /// <summary>Starts the statement and makes its first rows.</summary>
    public static RowExport Start(DuckDbConnection connection, Statement statement, IDisposable lease, RowWriter writer, CancellationToken cancellation)
    {
        var rows = connection.Stream(statement.Sql, statement.Parameters, cancellation);
        try
        {
            return new RowExport(connection, lease, rows, rows.Next(cancellation), writer) { Footprint = statement.Footprint };
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    public override async Task WriteAsync(PipeWriter output, CancellationToken cancellation)
    {
        var text = new Utf8Output(FlushBytes * 2);
        var next = Task.FromResult(_chunk);
        try
        {
            _writer.Begin(text);
            while (await next is { } chunk)
            {
                // DuckDB makes the next rows while these are written.
                next = Task.Run(() => _rows.Next(cancellation), CancellationToken.None);
                for (var row = 0; row < chunk.Rows; row++)
                {
                    _writer.Row(text, chunk, row);
                    Rows++;
                    // Here a slow reader slows the statement down, and one that is gone ends it.
                    if (text.Length >= FlushBytes) await SendAsync();
                }
            }

            _writer.End(text);
            await SendAsync();
        }
        finally
        {
            if (!next.IsCompleted) _connection.Interrupt();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async ValueTask SendAsync()
        {
            output.Write(text.Written);
            text.Clear();
            await output.FlushAsync(cancellation);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _connection.Interrupt();
        _rows.Dispose();
        _connection.Dispose();
        _lease.Dispose();
    }
}

/// <summary>An export that DuckDB writes itself, through a pipe: row groups leave as they are made.</summary>
internal sealed class ParquetExport(DuckDbConnection connection, Statement statement, IDisposable lease, string folder, string compression) : Export
{
    public override async Task WriteAsync(PipeWriter output, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, $"export-{Guid.NewGuid():n}.tmp");
        if (NamedPipe.IsSupported) await PipeAsync(path, output, cancellation);
        else await CopyAsync(path, output, cancellation);
        await output.FlushAsync(cancellation);
    }

    private async Task PipeAsync(string path, PipeWriter output, CancellationToken cancellation)
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
    private async Task CopyAsync(string path, PipeWriter output, CancellationToken cancellation)
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
        var names = statement.Columns.Select(column => Sql.Name(column.Name)).ToList();
        var total = statement.HasTotal ? ", " + Sql.Name(new string('_', 1 + statement.Columns.Max(column => column.Name.Length))) : "";
        var rows = $"SELECT {string.Join(", ", names)} FROM ({statement.Sql}) AS named({string.Join(", ", names)}{total})";
        var sql = $"COPY ({rows}) TO {Sql.Text(path)} (FORMAT parquet, USE_TMP_FILE false, COMPRESSION {(compression == "zstd" ? "zstd" : "snappy")})";
        using var copied = connection.Stream(sql, statement.Parameters, cancellation);
        Rows = (long)copied.Next(cancellation)![0].Integer(0);
    }

    protected override void Dispose(bool disposing)
    {
        connection.Dispose();
        lease.Dispose();
    }
}

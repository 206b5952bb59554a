using OpenData.DuckDb;
using OpenData.Query.Compilation;

namespace OpenData.Query.Exports;

/// <summary>
/// A Parquet export, which DuckDB writes itself: where the system has named pipes through one, so that row groups leave as they are made;
/// elsewhere into a temporary file first.
/// </summary>
/// <param name="connection">The connection that writes it.</param>
/// <param name="statement">The rows.</param>
/// <param name="lease">Released when the export is disposed.</param>
/// <param name="folder">The one folder that the connection may write to.</param>
/// <param name="compression"><c>snappy</c> or <c>zstd</c>.</param>
internal sealed class ParquetExport(
    Connection connection, Statement statement, IDisposable lease, string folder, string compression) : Export
{
    /// <summary>Whether it is written through a named pipe.</summary>
    public bool UsesPipe { get; init; } = NamedPipe.IsSupported;

    public override async Task WriteAsync(Stream output, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, $"export-{Path.GetRandomFileName()}.tmp");
        if (UsesPipe) await PipeAsync(path, output, cancellation);
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
                // DuckDB may be blocked in a write that is not read: cancel it, and let its last writes fail.
                connection.Interrupt();
                throw;
            }
        }

        await copying;
    }

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
        var total = statement.HasTotal
            ? ", " + Sql.Identifier(new string('_', 1 + statement.Columns.Max(column => column.Name.Length)))
            : "";
        var rows = $"SELECT {string.Join(", ", names)} FROM ({statement.Sql}) AS named({string.Join(", ", names)}{total})";
        var sql =
            $"COPY ({rows}) TO {Sql.Literal(path)} (FORMAT parquet, USE_TMP_FILE false, COMPRESSION "
            + $"{(compression == "zstd" ? "zstd" : "snappy")})";
        using var copied = (statement with { Sql = sql }).Start(connection, cancellation);
        Rows = (long)copied.Next(cancellation)![0].Integer(0);
    }

    protected override void Dispose(bool disposing)
    {
        connection.Dispose();
        lease.Dispose();
    }
}

using OpenData.Disclosure;
using OpenData.Ingest.Parquet;
using OpenData.Ingest.Profiling;
using OpenData.Ingest.Records;
using OpenData.Ingest.Tables;
using OpenData.Ingest.Typing;

namespace OpenData.Ingest;

/// <summary>What was written.</summary>
/// <param name="Rows">Rows in all parts.</param>
/// <param name="PartRows">Rows of each part.</param>
/// <param name="Summaries">Statistics of each column.</param>
/// <param name="Findings">Personal data in the columns.</param>
/// <param name="Misfits">Values that are not of the declared type; their fields are empty.</param>
internal sealed record PartsWritten(
    long Rows, IReadOnlyList<long> PartRows, IReadOnlyList<ColumnSummary> Summaries, IReadOnlyList<Finding> Findings, Misfits Misfits);

/// <summary>
/// Writes the rows of a table as Parquet parts, on two threads: this one reads and types a row group while the other encodes, compresses
/// and writes the one before. Whoever is done first helps with the encoding.
/// </summary>
internal static class PartsWriter
{
    /// <summary>Bounds of a row group, and so of memory.</summary>
    private const int RowGroupRows = 65_536, RowGroupBytes = 12 << 20;

    /// <summary>A part that has become this long is closed.</summary>
    private const long PartBytes = 512L << 20;

    /// <summary>Reads all rows and writes them.</summary>
    /// <exception cref="WrongTypeException">A value is not of its column's type.</exception>
    public static async Task<PartsWritten> WriteAsync(
        RecordSource records, ColumnPlan plan, ProblemLog problems, IPartSink sink, CancellationToken cancellation)
    {
        var counted = Math.Min(ColumnSummary.MostCounted, TableLimits.CountedValues / plan.Fields.Count);
        ColumnSummary[] summaries = [.. plan.Fields.Select(_ => new ColumnSummary(counted))];
        var scan = new TableScan([.. plan.Fields.Select(field => field.Label)], RuleSet.Default);
        using var filling = new RowGroup(plan.CreateColumns(), summaries, scan);
        using var encoding = new RowGroup(plan.CreateColumns(), summaries, scan);
        using var rows = plan.OpenRows(records, problems);
        var misfits = new Misfits();
        var batch = new RowBatch(plan.Table.Width);
        await using var parts = new Parts(sink);
        var (group, other) = (filling, encoding);
        var writing = Task.CompletedTask;
        try
        {
            bool more;
            do
            {
                group.Clear();
                more = Fill(group.Columns, rows, batch, plan, misfits, cancellation);
                other.Encode();
                await writing;
                (group, other) = (other, group);
                var full = other;
                writing = full.Rows == 0 ? Task.CompletedTask : Task.Run(() => parts.WriteAsync(full, cancellation), cancellation);
            }
            while (more);
        }
        finally
        {
            // Also where reading failed: the columns are not let go while they are encoded.
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await writing;
        return new PartsWritten(parts.RowsOf.Sum(), await parts.FinishAsync(cancellation), summaries, scan.Findings(), misfits);
    }

    /// <summary>Reads rows until the row group is full; false at the end of the file.</summary>
    private static bool Fill(
        TypedColumn[] columns, TableRows rows, RowBatch batch, ColumnPlan plan, Misfits misfits, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var refused = new List<(int Row, int Column)>();
        long bytes = 0;
        var most = TableLimits.RowGroupRows(columns.Length, RowGroupRows);
        for (var count = 0; count < most && bytes < RowGroupBytes; count += batch.Rows)
        {
            if (!rows.Read(batch, most - count)) return false;

            bytes += batch.Bytes;
            for (var i = 0; i < columns.Length; i++) columns[i].Add(batch, i, refused);

            // A detected type was wrong; or the agency declared the type, and the value is left out of the field.
            foreach (var (row, column) in refused.Order())
            {
                if (!plan.IsDeclared(column)) throw new WrongTypeException();

                var (line, offset) = rows.PlaceOf(batch, row);
                misfits.Add(
                    column, plan.Table.Labels[column], columns[column].Format.Type, plan.DeclaredFormat(column),
                    batch.Cell(row, column), line, offset);
            }

            refused.Clear();
        }

        return true;
    }

    /// <summary>The parts, one after another.</summary>
    private sealed class Parts(IPartSink sink) : IAsyncDisposable
    {
        private Stream? _stream;
        private ParquetPartWriter? _writer;

        /// <summary>Rows of each part so far.</summary>
        public List<long> RowsOf { get; } = [];

        /// <summary>Encodes a row group, with the help of whoever else is at it, and writes it.</summary>
        public async Task WriteAsync(RowGroup group, CancellationToken cancellation)
        {
            group.Encode();
            await group.Encoded;
            if (_writer is null)
            {
                _stream = await sink.CreateAsync(RowsOf.Count, cancellation);
                _writer = new ParquetPartWriter(_stream, group.Targets);
                RowsOf.Add(0);
            }

            await _writer.WriteRowGroupAsync(group.Chunks, cancellation);
            RowsOf[^1] += group.Rows;
            if (_writer.Length > PartBytes || _writer.Chunks + group.Chunks.Count > TableLimits.PartChunks) await CloseAsync(cancellation);
        }

        public async Task<IReadOnlyList<long>> FinishAsync(CancellationToken cancellation)
        {
            await CloseAsync(cancellation);
            return RowsOf;
        }

        public async ValueTask DisposeAsync()
        {
            if (_stream is not null) await _stream.DisposeAsync();
        }

        private async Task CloseAsync(CancellationToken cancellation)
        {
            if (_writer is null) return;

            await _writer.FinishAsync(cancellation);
            await _stream!.DisposeAsync();
            (_writer, _stream) = (null, null);
        }
    }
}

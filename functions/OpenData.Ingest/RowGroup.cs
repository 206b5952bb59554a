using OpenData.Disclosure;
using OpenData.Ingest.Parquet;
using OpenData.Ingest.Profiling;
using OpenData.Ingest.Typing;

namespace OpenData.Ingest;

/// <summary>The rows of one row group, and their encoding, column by column, by however many threads come by.</summary>
internal sealed class RowGroup : IDisposable
{
    private readonly Stack<EncodingTools> _tools = new();
    private TaskCompletionSource _encoded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IReadOnlyList<ColumnSummary> _summaries;
    private readonly TableScan _scan;
    private int _next, _left;

    /// <summary>A row group of these columns, whose statistics and findings are added up over all row groups.</summary>
    public RowGroup(TypedColumn[] columns, IReadOnlyList<ColumnSummary> summaries, TableScan scan)
    {
        (_summaries, _scan) = (summaries, scan);
        Columns = columns;
        Targets = [.. columns.Select(column => column.Target).OfType<ParquetColumn>()];
        Chunks = [.. Targets.Select(_ => new ColumnChunk())];
        Clear();
    }

    /// <summary>Take the cells.</summary>
    public TypedColumn[] Columns { get; }

    /// <summary>Hold the values.</summary>
    public IReadOnlyList<ParquetColumn> Targets { get; }

    /// <summary>Hold what goes into the file, once encoded.</summary>
    public IReadOnlyList<ColumnChunk> Chunks { get; }

    /// <summary>Rows so far.</summary>
    public int Rows => Targets[0].Rows;

    /// <summary>Done when every column is encoded.</summary>
    public Task Encoded => _encoded.Task;

    /// <summary>Empties all columns.</summary>
    public void Clear()
    {
        foreach (var target in Targets) target.Clear();

        _next = 0;
        _left = Targets.Count;
        _encoded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Encodes columns that nobody has begun yet, until there are none.</summary>
    public void Encode()
    {
        if (Rows == 0 || Volatile.Read(ref _next) >= Targets.Count) return;

        var tools = Borrow();
        while (Interlocked.Increment(ref _next) - 1 is var i && i < Targets.Count)
        {
            try
            {
                Chunks[i].Encode(Targets[i], tools, _summaries[i], _scan.Columns[i]);
            }
            catch (Exception fault)
            {
                _encoded.TrySetException(fault);
                throw;
            }

            if (Interlocked.Decrement(ref _left) == 0) _encoded.TrySetResult();
        }

        lock (_tools) _tools.Push(tools);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tools in _tools) tools.Dispose();
    }

    private EncodingTools Borrow()
    {
        lock (_tools)
        {
            if (_tools.TryPop(out var tools)) return tools;
        }

        return new EncodingTools();
    }
}

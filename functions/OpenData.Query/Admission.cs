using OpenData.Query.Language;

namespace OpenData.Query;

/// <summary>
/// Bounds how many statements and exports run at once in this instance. More statements than cores can use only slow each other down, so a
/// request waits for its turn. The duration of an export depends on its reader, so exports have a limit of their own.
/// </summary>
/// <param name="patience">How long a statement waits for its turn.</param>
internal sealed class Admission(TimeSpan patience) : IDisposable
{
    private static readonly TimeSpan ExportPatience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _statements = new(Statements);
    private readonly SemaphoreSlim _exports = new(QueryLimits.Exports);

    /// <summary>The most statements that run at once, exports aside.</summary>
    public static int Statements { get; } = Math.Max(4, Environment.ProcessorCount * 2);

    /// <summary>Waits for the turn of a statement, which ends when the result is disposed.</summary>
    /// <exception cref="QueryBusyException">No other statement ended in time.</exception>
    public async Task<IDisposable> EnterStatementAsync(CancellationToken cancellation) =>
        await _statements.WaitAsync(patience, cancellation)
            ? new Turn(_statements)
            : throw new QueryBusyException(ofExports: false, Statements);

    /// <summary>Waits for the turn of an export, which ends when the result is disposed.</summary>
    /// <exception cref="QueryBusyException">No other export ended in time.</exception>
    public async Task<IDisposable> EnterExportAsync(CancellationToken cancellation) =>
        await _exports.WaitAsync(ExportPatience, cancellation)
            ? new Turn(_exports)
            : throw new QueryBusyException(ofExports: true, QueryLimits.Exports);

    /// <inheritdoc/>
    public void Dispose()
    {
        _statements.Dispose();
        _exports.Dispose();
    }

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0) turns.Release();
        }
    }
}

using OpenData.Query.Language;

namespace OpenData.Query;

/// <summary>
/// Bounds how many statements and exports run at once in this instance. More statements than cores can use only slow each other down, so a
/// request waits for its turn. Small statements have a limit of their own, so that a first page or one record never waits for a large one.
/// The duration of an export depends on its reader, so exports have a limit of their own, too.
/// </summary>
/// <param name="patience">How long a statement waits for its turn.</param>
internal sealed class Admission(TimeSpan patience) : IDisposable
{
    private static readonly TimeSpan ExportPatience = TimeSpan.FromSeconds(5);

    // A large statement keeps all cores busy by itself.
    private static readonly int LargeStatements = Math.Max(2, Environment.ProcessorCount);

    private readonly Lane _small = new(Statements);
    private readonly Lane _large = new(LargeStatements);
    private readonly SemaphoreSlim _exports = new(QueryLimits.Exports);

    /// <summary>The most small statements that run at once.</summary>
    private static int Statements { get; } = Math.Max(4, Environment.ProcessorCount * 2);

    /// <summary>The most statements that run at once, exports aside.</summary>
    public static int MostStatements => Statements + LargeStatements;

    /// <summary>Waits for the turn of a statement, which ends when the result is disposed.</summary>
    /// <param name="cost">What it costs, see <see cref="StatementCost"/>.</param>
    /// <param name="asking">Who asks, and what.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="QueryBusyException">No other statement ended in time.</exception>
    public async Task<IDisposable> EnterStatementAsync(double cost, Asking asking, CancellationToken cancellation)
    {
        var isSmall = cost <= StatementCost.Small;
        return await (isSmall ? _small : _large).EnterAsync(asking, patience, cancellation)
            ?? throw new QueryBusyException(ofExports: false, isSmall ? Statements : LargeStatements);
    }

    /// <summary>Waits for the turn of an export, which ends when the result is disposed.</summary>
    /// <exception cref="QueryBusyException">No other export ended in time.</exception>
    public async Task<IDisposable> EnterExportAsync(CancellationToken cancellation) =>
        await _exports.WaitAsync(ExportPatience, cancellation)
            ? new Turn(_exports)
            : throw new QueryBusyException(ofExports: true, QueryLimits.Exports);

    /// <inheritdoc/>
    public void Dispose() => _exports.Dispose();

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0) turns.Release();
        }
    }
}

using System.Runtime.InteropServices;
using DuckDB.NET.Native;

namespace OpenData.Query.Engine;

/// <summary>A statement that DuckDB refused or gave up.</summary>
internal sealed class DuckDbException(string message, DuckDBErrorType type) : Exception(message)
{
    public DuckDBErrorType Type { get; } = type;
}

/// <summary>One connection. It runs one statement at a time, and any thread may interrupt it.</summary>
internal sealed class DuckDbConnection(DuckDBNativeConnection connection) : IDisposable
{
    private static readonly DateTime Epoch = DateTime.UnixEpoch;

    /// <summary>Runs one of our own statements and forgets its result.</summary>
    public void Execute(string sql)
    {
        var state = NativeMethods.Query.DuckDBQuery(connection, sql, out var result);
        try
        {
            if (state != DuckDBState.Success) throw Failure(ref result);
        }
        finally
        {
            NativeMethods.Query.DuckDBDestroyResult(ref result);
        }
    }

    /// <summary>
    /// Prepares a statement, binds its values and starts it; rows are made as they are fetched. DuckDB prepares one statement
    /// only, so a second one in <paramref name="sql"/> is an error, not a danger.
    /// </summary>
    /// <exception cref="DuckDbException">DuckDB refused it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ResultStream Stream(string sql, IReadOnlyList<object> values, CancellationToken cancellation)
    {
        using var span = Telemetry.Begin("query.execute");
        cancellation.ThrowIfCancellationRequested();
        using var interrupt = cancellation.Register(Interrupt);
        var state = NativeMethods.PreparedStatements.DuckDBPrepare(connection, sql, out var prepared);
        using var _ = prepared;
        if (state != DuckDBState.Success)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new DuckDbException(NativeMethods.PreparedStatements.DuckDBPrepareError(prepared) ?? "The statement could not be prepared.", DuckDBErrorType.Invalid);
        }

        for (var i = 0; i < values.Count; i++) Bind(prepared, i + 1, values[i]);
        state = NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(prepared, out var result);
        if (state == DuckDBState.Success) return new ResultStream(this, result);
        try
        {
            cancellation.ThrowIfCancellationRequested();
            throw Failure(ref result);
        }
        finally
        {
            NativeMethods.Query.DuckDBDestroyResult(ref result);
        }
    }

    /// <summary>Stops the running statement, if there is one.</summary>
    public void Interrupt() => NativeMethods.Startup.DuckDBInterrupt(connection);

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    internal static DuckDbException Failure(ref DuckDBResult result) => new(
        NativeMethods.Query.DuckDBResultError(ref result) ?? "DuckDB gave no reason.", NativeMethods.Query.DuckDBResultErrorType(ref result));

    private static void Bind(DuckDBPreparedStatement prepared, int index, object value)
    {
        using var native = value switch
        {
            string text => NativeMethods.Value.DuckDBCreateVarchar(text.Replace("\0", "", StringComparison.Ordinal)),
            long number => NativeMethods.Value.DuckDBCreateInt64(number),
            double number => NativeMethods.Value.DuckDBCreateDouble(number),
            bool boolean => NativeMethods.Value.DuckDBCreateBool(boolean),
            DateOnly date => NativeMethods.Value.DuckDBCreateDate(Day(date)),
            DateTime wall => NativeMethods.Value.DuckDBCreateTimestamp(Microseconds(wall)),
            DateTimeOffset instant => NativeMethods.Value.DuckDBCreateTimestampTz(Microseconds(instant.UtcDateTime)),
            _ => throw new ArgumentException($"A parameter cannot be a {value.GetType().Name}.", nameof(value)),
        };
        if (NativeMethods.PreparedStatements.DuckDBBindValue(prepared, index, native) != DuckDBState.Success)
        {
            throw new DuckDbException($"Parameter {index} could not be bound.", DuckDBErrorType.Invalid);
        }
    }

    private static DuckDBDate Day(DateOnly date)
    {
        var days = date.DayNumber - DateOnly.FromDateTime(Epoch).DayNumber;
        return MemoryMarshal.Cast<int, DuckDBDate>([days])[0];
    }

    private static DuckDBTimestampStruct Microseconds(DateTime time)
    {
        var micros = (time.Ticks - Epoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        return MemoryMarshal.Cast<long, DuckDBTimestampStruct>([micros])[0];
    }
}

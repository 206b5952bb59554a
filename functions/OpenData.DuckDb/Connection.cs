using System.Runtime.InteropServices;
using DuckDB.NET.Native;

namespace OpenData.DuckDb;

/// <summary>A connection to a <see cref="Database"/>. It runs one statement at a time; any thread may interrupt it.</summary>
public sealed class Connection : IDisposable
{
    private readonly DuckDBNativeConnection _connection;

    internal Connection(DuckDBNativeConnection connection) => _connection = connection;

    /// <summary>Runs one or more statements without parameters and discards their results.</summary>
    /// <param name="sql">The statements, separated by semicolons.</param>
    /// <param name="cancellation">Interrupts the running statement.</param>
    /// <exception cref="StatementException">DuckDB refused a statement or could not finish it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Execute(string sql, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        using var interrupt = cancellation.Register(Interrupt);
        var state = NativeMethods.Query.DuckDBQuery(_connection, sql, out var result);
        try
        {
            if (state == DuckDBState.Success) return;
            cancellation.ThrowIfCancellationRequested();
            throw Failure(ref result);
        }
        finally
        {
            NativeMethods.Query.DuckDBDestroyResult(ref result);
        }
    }

    /// <summary>Runs a statement without parameters and reads its whole result into memory; for results of a few thousand rows.</summary>
    /// <inheritdoc cref="Execute" path="/exception"/>
    public QueryResult Query(string sql, CancellationToken cancellation = default)
    {
        using var stream = Stream(sql, [], cancellation);
        var rows = new List<object?[]>();
        foreach (var chunk in stream.Chunks(cancellation))
        {
            for (var row = 0; row < chunk.Rows; row++)
            {
                var values = new object?[stream.ColumnCount];
                for (var column = 0; column < values.Length; column++) values[column] = chunk[column].Value(row);
                rows.Add(values);
            }
        }

        return new QueryResult([.. Enumerable.Range(0, stream.ColumnCount).Select(stream.ColumnName)], rows);
    }

    /// <summary>
    /// Prepares one statement, binds its parameters and starts it. Rows are computed as they are fetched. A second statement in
    /// <paramref name="sql"/> is an error.
    /// </summary>
    /// <param name="sql">The statement, with <c>$1</c>, <c>$2</c>, … for its parameters.</param>
    /// <param name="values">
    /// The parameters by their numbers; null for a number that the statement does not have. A parameter is a string, long, double, bool,
    /// <see cref="DateOnly"/>, <see cref="DateTime"/> (a local time without a zone) or <see cref="DateTimeOffset"/>. NUL characters are
    /// removed
    /// from strings, because DuckDB would end the string there.
    /// </param>
    /// <param name="cancellation">Interrupts the statement while it is prepared and started.</param>
    /// <inheritdoc cref="Execute" path="/exception"/>
    public ResultReader Stream(string sql, IReadOnlyList<object?> values, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var interrupt = cancellation.Register(Interrupt);
        var state = NativeMethods.PreparedStatements.DuckDBPrepare(_connection, sql, out var prepared);
        using var _ = prepared;
        if (state != DuckDBState.Success)
        {
            cancellation.ThrowIfCancellationRequested();
            var reason = NativeMethods.PreparedStatements.DuckDBPrepareError(prepared) ?? "DuckDB could not prepare the statement.";
            throw new StatementException(reason, StatementError.Other);
        }

        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is { } value) Bind(prepared, i + 1, value);
        }

        state = NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(prepared, out var result);
        if (state == DuckDBState.Success) return new ResultReader(this, result);
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
    public void Interrupt() => NativeMethods.Startup.DuckDBInterrupt(_connection);

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    /// <summary>Adds the functions that DuckDB does not have to the instance.</summary>
    internal void RegisterFunctions() => TextRank.Register(_connection);

    internal static StatementException Failure(ref DuckDBResult result)
    {
        var message = NativeMethods.Query.DuckDBResultError(ref result) ?? "DuckDB failed without a message.";
        return new StatementException(message, NativeMethods.Query.DuckDBResultErrorType(ref result) switch
        {
            DuckDBErrorType.OutOfRange => StatementError.OutOfRange,
            DuckDBErrorType.Conversion => StatementError.Conversion,
            DuckDBErrorType.OutOfMemory => StatementError.OutOfMemory,
            _ when message.Contains("No space left", StringComparison.OrdinalIgnoreCase) => StatementError.OutOfMemory,
            _ => StatementError.Other,
        });
    }

    private static void Bind(DuckDBPreparedStatement prepared, int index, object value)
    {
        using var native = value switch
        {
            string text => NativeMethods.Value.DuckDBCreateVarchar(text.Replace("\0", "", StringComparison.Ordinal)),
            long number => NativeMethods.Value.DuckDBCreateInt64(number),
            double number => NativeMethods.Value.DuckDBCreateDouble(number),
            bool boolean => NativeMethods.Value.DuckDBCreateBool(boolean),
            DateOnly date => NativeMethods.Value.DuckDBCreateDate(Days(date)),
            DateTime local => NativeMethods.Value.DuckDBCreateTimestamp(Microseconds(local)),
            DateTimeOffset instant => NativeMethods.Value.DuckDBCreateTimestampTz(Microseconds(instant.UtcDateTime)),
            _ => throw new ArgumentException($"A parameter cannot be a {value.GetType().Name}.", nameof(value)),
        };
        if (NativeMethods.PreparedStatements.DuckDBBindValue(prepared, index, native) != DuckDBState.Success)
        {
            throw new StatementException($"DuckDB could not bind parameter {index}.", StatementError.Other);
        }
    }

    // The library's structs have no constructors for raw numbers; each holds one number and nothing else.
    private static DuckDBDate Days(DateOnly date)
    {
        var days = date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        return MemoryMarshal.Cast<int, DuckDBDate>([days])[0];
    }

    private static DuckDBTimestampStruct Microseconds(DateTime time)
    {
        var microseconds = (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        return MemoryMarshal.Cast<long, DuckDBTimestampStruct>([microseconds])[0];
    }
}

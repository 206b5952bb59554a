using OpenData.DuckDb;

namespace OpenData.Query.Plan;

/// <summary>One column of an answer.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Kind">What its values are, and so how they lie in DuckDB's vectors.</param>
internal sealed record OutputColumn(string Name, string Label, ValueKind Kind);

/// <summary>A SELECT ready to run.</summary>
/// <param name="Sql">Its text, with <c>$1, $2, …</c> for every value that came from a caller.</param>
/// <param name="Parameters">Those values.</param>
/// <param name="Columns">The columns of its answer.</param>
internal sealed record Statement(string Sql, IReadOnlyList<object> Parameters, IReadOnlyList<OutputColumn> Columns)
{
    /// <summary>What the question touched.</summary>
    public Footprint Footprint { get; init; } = new([], [], null);

    /// <summary>Whether, after its columns, one more holds the number of records that the question concerns: one scan answers both.</summary>
    public bool HasTotal { get; init; }

    /// <summary>Whether its rows are groups of records.</summary>
    public bool IsGrouped { get; init; }

    /// <summary>Prepares and starts it.</summary>
    /// <inheritdoc cref="Connection.Stream" path="/exception"/>
    public ResultReader Start(Connection connection, CancellationToken cancellation)
    {
        using var span = Telemetry.Begin("query.execute");
        return connection.Stream(Sql, Parameters, cancellation);
    }
}

using OpenData.DuckDb;
using OpenData.Query.Schema;

namespace OpenData.Query.Compilation;

/// <summary>A SELECT ready to run.</summary>
/// <param name="Sql">Its text, with <c>$1, $2, …</c> for every value that came from a caller.</param>
/// <param name="Parameters">Those values.</param>
/// <param name="Columns">The columns of its answer.</param>
internal sealed record Statement(string Sql, IReadOnlyList<object> Parameters, IReadOnlyList<OutputColumn> Columns)
{
    /// <summary>What the question touched.</summary>
    public Footprint Footprint { get; init; } = new([], [], null);

    /// <summary>
    /// Whether, after its columns, one more holds the number of records that the question concerns: one scan answers both.
    /// </summary>
    public bool HasTotal { get; init; }

    /// <summary>Whether its rows are groups of records.</summary>
    public bool IsGrouped { get; init; }

    /// <summary>Prepares and starts it.</summary>
    /// <inheritdoc cref="Connection.Stream" path="/exception"/>
    public ResultReader Start(Connection connection, CancellationToken cancellation)
    {
        using var span = Telemetry.Begin("query.execute");
        return connection.Stream(Sql, [.. Parameters.Select(Occurring)], cancellation);
    }

    // A value may have been added for an expression that turned out to be something else, such as a group's key.
    private object? Occurring(object value, int index) =>
        Sql.Contains(Compilation.Parameters.Placeholder(index), StringComparison.Ordinal)
            ? value is ExactNumber number ? number.ToString() : value
            : null;
}

namespace OpenData.DuckDb;

/// <summary>A whole result in memory.</summary>
/// <param name="Columns">The columns' names.</param>
/// <param name="Rows">The rows; each has one value for each column, as <see cref="ColumnVector.Value"/> returns them.</param>
public sealed record QueryResult(IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows);

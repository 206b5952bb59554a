namespace OpenData.Query.Schema;

/// <summary>One column of an answer.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Kind">The kind of its values, which decides how they are read from DuckDB's vectors.</param>
internal sealed record OutputColumn(string Name, string Label, ValueKind Kind);

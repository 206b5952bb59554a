using OpenData.Query.Schema;

namespace OpenData.Query.Compilation;

/// <summary>One expression of <c>group_by</c>.</summary>
/// <param name="Name">Its key in the answer: its label, or itself as it was written.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Sql">What records are grouped by.</param>
/// <param name="Kind">The kind of that; sorting and calculating with the key use it.</param>
/// <param name="Shown">What the answer shows of it, given the name of its column.</param>
internal sealed record GroupKey(string Name, string Label, string Sql, ValueKind Kind, Func<string, TypedSql> Shown)
{
    /// <summary>Of a decimal: the number of digits after its decimal point.</summary>
    public int Scale { get; init; }

    /// <summary>The condition that a record is in any group at all; null if every record is.</summary>
    public string? Filter { get; init; }

    /// <summary>Of a group of places: what the answer shows instead, the mean of its points as two aggregates.</summary>
    public (string Latitude, string Longitude)? Middle { get; init; }
}

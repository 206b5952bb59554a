using OpenData.Query.Schema;

namespace OpenData.Query.Compilation;

/// <summary>An expression as SQL, and the kind of its values.</summary>
/// <param name="Sql">The expression, in parentheses where needed: it may stand next to any operator. Of a point, empty.</param>
/// <param name="Kind">The kind of its values.</param>
internal readonly record struct TypedSql(string Sql, ValueKind Kind)
{
    /// <summary>Of a decimal: the number of digits after its decimal point.</summary>
    public int Scale { get; init; }

    /// <summary>Of a point: its latitude.</summary>
    public string Latitude { get; init; } = "";

    /// <summary>Of a point: its longitude.</summary>
    public string Longitude { get; init; } = "";

    /// <summary>An expression that is null exactly where the value is null.</summary>
    public string NullTest => Kind == ValueKind.Point ? $"({Latitude} + {Longitude})" : Sql;
}

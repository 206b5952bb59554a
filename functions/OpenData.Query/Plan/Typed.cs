namespace OpenData.Query.Plan;

/// <summary>An expression as SQL, and what its value is.</summary>
/// <param name="Sql">The expression, closed in itself: it may stand beside any operator.</param>
/// <param name="Type">What its value is.</param>
internal readonly record struct Typed(string Sql, ValueKind Type)
{
    /// <summary>Of a point: its latitude.</summary>
    public string Latitude { get; init; } = "";

    /// <summary>Of a point: its longitude.</summary>
    public string Longitude { get; init; } = "";
}

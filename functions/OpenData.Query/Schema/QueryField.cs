namespace OpenData.Query.Schema;

/// <summary>One field that can be asked for.</summary>
/// <param name="Name">Its name in the API.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Sql">What it is in SQL: a quoted column; of a point, nothing.</param>
internal sealed record QueryField(string Name, string Label, ValueKind Kind, string Sql)
{
    /// <summary>Of a decimal: the number of digits after its decimal point.</summary>
    public int Scale { get; init; }

    /// <summary>Of a point: its latitude in SQL.</summary>
    public string Latitude { get; init; } = "";

    /// <summary>Of a point: its longitude in SQL.</summary>
    public string Longitude { get; init; } = "";

    /// <summary>Whether <c>select=*</c> includes it.</summary>
    public bool Shown { get; init; } = true;

    /// <summary>Of a metadatum: its template, by which it may be named as well, <c>default.title</c>.</summary>
    public string? Template { get; init; }

    /// <summary>
    /// Whether it is counted where nobody says which facets: what a person would want to choose from; not numbers, not places, not whole
    /// documents.
    /// </summary>
    public bool IsFacet { get; init; } = Kind is ValueKind.TextList or ValueKind.Boolean or ValueKind.Text || Kind.IsTime();
}

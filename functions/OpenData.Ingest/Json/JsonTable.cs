namespace OpenData.Ingest.Json;

/// <summary>How a JSON document holds its records.</summary>
internal enum JsonTableKind
{
    /// <summary>The elements of an array.</summary>
    Elements,

    /// <summary>The values at the top level.</summary>
    TopLevel,

    /// <summary>One value.</summary>
    Single,

    /// <summary>One value a line.</summary>
    Lines,

    /// <summary>An object with one array a column.</summary>
    Columns,
}

/// <summary>Where in a JSON document its records are.</summary>
/// <param name="Kind">How it holds them.</param>
/// <param name="Path">The steps to the array, or to the value.</param>
internal sealed record JsonTable(JsonTableKind Kind, IReadOnlyList<JsonStep> Path)
{
    /// <summary>The names of the fields, where the document describes them beside the records; otherwise null.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>Whether the records are features of GeoJSON (RFC 7946).</summary>
    public bool IsOfFeatures { get; init; }

    /// <summary>The member of a feature that holds its properties.</summary>
    public string PropertiesName { get; init; } = "properties";

    /// <summary>
    /// The coordinate system that a GeoJSON document of before 2016 names, such as <c>EPSG:5186</c>; null if it names none.
    /// </summary>
    public string? CoordinateSystem { get; init; }
}

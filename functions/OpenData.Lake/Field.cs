using System.Text.Json.Serialization;

namespace OpenData.Lake;

/// <summary>The type of a column's values, with the Parquet type in which each is stored.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FieldType>))]
public enum FieldType
{
    /// <summary>UTF-8 text (Parquet STRING).</summary>
    [JsonStringEnumMemberName("text")] Text,

    /// <summary>A whole number of at most 64 bits (INT64).</summary>
    [JsonStringEnumMemberName("int")] Int,

    /// <summary>
    /// An exact decimal: of at most 18 digits DECIMAL(18, scale), of at most 38 DECIMAL(38, scale); <see cref="Field.Scale"/> holds the
    /// scale.
    /// </summary>
    [JsonStringEnumMemberName("decimal")] Decimal,

    /// <summary>A 64-bit floating point number (DOUBLE).</summary>
    [JsonStringEnumMemberName("double")] Double,

    /// <summary>True or false (BOOLEAN).</summary>
    [JsonStringEnumMemberName("boolean")] Boolean,

    /// <summary>A calendar day (DATE).</summary>
    [JsonStringEnumMemberName("date")] Date,

    /// <summary>A wall-clock time without zone (TIMESTAMP in microseconds, not adjusted to UTC).</summary>
    [JsonStringEnumMemberName("datetime")] DateTime,

    /// <summary>An instant (TIMESTAMP in microseconds, adjusted to UTC).</summary>
    [JsonStringEnumMemberName("datetimetz")] Instant,

    /// <summary>A JSON value as text (Parquet STRING).</summary>
    [JsonStringEnumMemberName("json_blob")] Json,

    /// <summary>
    /// A WGS 84 point. It has no column of its own: <see cref="Field.Latitude"/> and <see cref="Field.Longitude"/>
    /// name the two numeric fields it is made of, which stay in the data as they were. Where both name the same field, that is a text with
    /// both numbers and a comma or a space between them (<c>37.5, 127.0</c>, <c>POINT (127.0 37.5)</c>), and
    /// <see cref="Field.Format"/> is <c>latitude, longitude</c> or <c>longitude, latitude</c>.
    /// </summary>
    [JsonStringEnumMemberName("geo_point_2d")] GeoPoint,
}

/// <summary>One field of a dataset version: the header as written and its queryable form.</summary>
public sealed record Field
{
    /// <summary>The queryable name, unique in its dataset and stable across versions; also the Parquet column's name.</summary>
    public required string Name { get; init; }

    /// <summary>The header as the agency wrote it.</summary>
    public required string Label { get; init; }

    /// <summary>What the values are.</summary>
    public required FieldType Type { get; init; }

    /// <summary>Digits after the point, 0 to 38, of a <see cref="FieldType.Decimal"/>; otherwise null.</summary>
    public int? Scale { get; init; }

    /// <summary>How the values were written when that is not the type's plain form, such as <c>1,234</c> or <c>yyyy.MM.dd</c>.</summary>
    public string? Format { get; init; }

    /// <summary>The agency's words about this field, from dataset.json.</summary>
    public string? Description { get; init; }

    /// <summary>Of a <see cref="FieldType.GeoPoint"/>: the name of the field that holds its latitude.</summary>
    public string? Latitude { get; init; }

    /// <summary>Of a <see cref="FieldType.GeoPoint"/>: the name of the field that holds its longitude.</summary>
    public string? Longitude { get; init; }
}

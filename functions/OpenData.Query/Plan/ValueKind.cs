using OpenData.Lake;

namespace OpenData.Query.Plan;

/// <summary>What an expression's value is.</summary>
internal enum ValueKind
{
    Null,
    Text,
    Int,
    Decimal,
    Double,
    Boolean,
    Date,
    DateTime,   // a wall-clock time: its digits never change; its offset is that of the time zone asked for
    Instant,    // shown in the time zone asked for
    Json,
    Point,
    Shape,      // a GeoJSON feature as text
    Points,     // a list of points, shown as the shape around them
    TextList,   // a multivalued text, in the catalogue
}

internal static class ValueKinds
{
    public static ValueKind Of(FieldType type) => type switch
    {
        FieldType.Text => ValueKind.Text,
        FieldType.Int => ValueKind.Int,
        FieldType.Decimal => ValueKind.Decimal,
        FieldType.Double => ValueKind.Double,
        FieldType.Boolean => ValueKind.Boolean,
        FieldType.Date => ValueKind.Date,
        FieldType.DateTime => ValueKind.DateTime,
        FieldType.Instant => ValueKind.Instant,
        FieldType.Json => ValueKind.Json,
        FieldType.GeoPoint => ValueKind.Point,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    public static bool IsNumber(this ValueKind type) => type is ValueKind.Int or ValueKind.Decimal or ValueKind.Double;

    public static bool IsTime(this ValueKind type) => type is ValueKind.Date or ValueKind.DateTime or ValueKind.Instant;

    /// <summary>The type's name in the API.</summary>
    public static string ApiName(this ValueKind type) => type switch
    {
        ValueKind.Int => "int",
        ValueKind.Decimal or ValueKind.Double => "double",
        ValueKind.Boolean => "boolean",
        ValueKind.Date => "date",
        ValueKind.DateTime or ValueKind.Instant => "datetime",
        ValueKind.Json => "json_blob",
        ValueKind.Point => "geo_point_2d",
        ValueKind.Shape or ValueKind.Points => "geo_shape",
        _ => "text",
    };
}

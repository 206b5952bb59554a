using OpenData.Lake;

namespace OpenData.Query.Schema;

/// <summary>What can be said of kinds of values.</summary>
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

    public static bool IsNumber(this ValueKind kind) => kind is ValueKind.Int or ValueKind.Decimal or ValueKind.Double;

    public static bool IsTime(this ValueKind kind) => kind is ValueKind.Date or ValueKind.DateTime or ValueKind.Instant;

    public static bool IsText(this ValueKind kind) => kind is ValueKind.Text or ValueKind.Json;

    public static bool IsPlace(this ValueKind kind) => kind is ValueKind.Point or ValueKind.Shape or ValueKind.Points;

    /// <summary>The kind in the words of an error message, with its article.</summary>
    public static string Describe(this ValueKind kind) => kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Int => "a whole number",
        ValueKind.Decimal or ValueKind.Double => "a number",
        ValueKind.Boolean => "true or false",
        ValueKind.Date => "a date",
        ValueKind.DateTime or ValueKind.Instant => "a datetime",
        ValueKind.Json => "a JSON value",
        ValueKind.Point => "a point",
        ValueKind.Shape or ValueKind.Points => "a shape",
        ValueKind.TextList => "a list of texts",
        _ => "a text",
    };

    /// <summary>The type's name in the API.</summary>
    public static string ApiName(this ValueKind kind) => kind switch
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

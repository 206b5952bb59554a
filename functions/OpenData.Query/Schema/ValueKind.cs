namespace OpenData.Query.Schema;

/// <summary>The kinds of values that fields and expressions have.</summary>
internal enum ValueKind
{
    Null,
    Text,
    Int,
    Decimal,
    Double,
    Boolean,
    Date,
    DateTime,   // a local time without a zone: its digits never change; it is shown with the offset of the question's time zone
    Instant,    // a moment, shown in the question's time zone
    Json,
    Point,
    Shape,      // a GeoJSON feature as text
    Points,     // a list of points, shown as the shape around them
    TextList,   // a multivalued text, in the catalogue
}

using System.Globalization;
using OpenData.Query.Language;
using OpenData.Query.Schema;

namespace OpenData.Query.Compilation;

/// <summary>
/// Binds conditions on places: distances on a sphere, boxes and polygons on the plane of longitude and latitude. A condition on a circle or
/// polygon begins with its bounding box, so that row groups are skipped by their statistics.
/// </summary>
internal sealed class GeoPredicates(ValueBinder values)
{
    private const double EarthRadius = 6_371_008.8; // metres: the mean radius of WGS 84

    private readonly Scope _scope = values.Scope;

    /// <summary><c>within_distance(point_field, geom'POINT(lon lat)', 5km)</c></summary>
    public string WithinDistance(Call call)
    {
        if (call.Arguments is not [FieldName field, GeometryLiteral geometry, Quantity or NumberLiteral])
        {
            throw _scope.Error(call, "Write within_distance(point_field, geom'POINT(lon lat)', 5km).");
        }

        var point = values.Point(field);
        var (lon, lat) = Geometry.Point(geometry, _scope);
        var metres = Metres(call.Arguments[2]);
        var degrees = metres / EarthRadius * (180 / Math.PI);
        var widest = Math.Min(89.9, Math.Abs(lat) + degrees);
        var lonDegrees = degrees / Math.Cos(widest * Math.PI / 180);
        var box = Between(point.Latitude, lat - degrees, lat + degrees);
        if (lonDegrees < 180 && lon - lonDegrees >= -180 && lon + lonDegrees <= 180)
        {
            box += $" AND {Between(point.Longitude, lon - lonDegrees, lon + lonDegrees)}";
        }

        return $"({box} AND {Distance(point, lon, lat, _scope)} <= {_scope.Parameters.Add(metres)})";
    }

    /// <summary><c>distance(point_field, geom'POINT(lon lat)')</c> in metres, by the haversine formula.</summary>
    public static TypedSql Distance(Call call, ValueBinder values)
    {
        if (call.Arguments is not [FieldName field, GeometryLiteral geometry])
        {
            throw values.Scope.Error(call, "Write distance(point_field, geom'POINT(lon lat)').");
        }

        var (lon, lat) = Geometry.Point(geometry, values.Scope);
        return new TypedSql(Distance(values.Point(field), lon, lat, values.Scope), ValueKind.Double);
    }

    /// <summary><c>in_bbox(point_field, lat1, lon1, lat2, lon2)</c></summary>
    public string InBox(Call call)
    {
        if (call.Arguments is not [FieldName field, _, _, _, _])
        {
            throw _scope.Error(call, "Write in_bbox(point_field, lat1, lon1, lat2, lon2).");
        }

        var point = values.Point(field);
        var edges = call.Arguments.Skip(1).Select(values.Literals.Constant).ToArray();
        return $"({Between(point.Latitude, Math.Min(edges[0], edges[2]), Math.Max(edges[0], edges[2]))}"
            + $" AND {Between(point.Longitude, Math.Min(edges[1], edges[3]), Math.Max(edges[1], edges[3]))})";
    }

    /// <summary><c>within</c>, <c>intersects</c> and <c>disjoint(point_field, geom'POLYGON((lon lat, …))')</c></summary>
    public string InPolygon(Call call)
    {
        if (call.Arguments is not [FieldName field, GeometryLiteral geometry])
        {
            throw _scope.Error(call, $"Write {call.Function}(point_field, geom'POLYGON((lon lat, …))').");
        }

        var point = values.Point(field);
        var (lat, lon) = (point.Latitude, point.Longitude);
        var rings = Geometry.Rings(geometry, _scope);
        // A point is inside if a ray from it crosses an odd number of edges. The edges of all rings count, so that holes are outside.
        var crossings = rings
            .SelectMany(ring => ring.Select((corner, i) => Crossing(point, corner, ring[(i + 1) % ring.Count])))
            .OfType<string>()
            .ToArray();
        var corners = rings.SelectMany(ring => ring).ToList();
        var box = Between(lat, corners.Min(p => p.Lat), corners.Max(p => p.Lat))
            + " AND " + Between(lon, corners.Min(p => p.Lon), corners.Max(p => p.Lon));
        var inside = crossings.Length == 0 ? "FALSE" : $"({box} AND {OddCount(crossings)})";
        return call.Function == "disjoint" ? $"({lat} IS NOT NULL AND {lon} IS NOT NULL AND {inside} IS NOT TRUE)" : inside;
    }

    // Whether an odd number of conditions holds: each <> of two is whether one of them does. A balanced tree, which does not nest deep.
    private static string OddCount(ReadOnlySpan<string> conditions) => conditions is [var only]
        ? only
        : $"({OddCount(conditions[..(conditions.Length / 2)])} <> {OddCount(conditions[(conditions.Length / 2)..])})";

    // Whether a ray from the point towards the east crosses the edge; null for an edge that runs along the ray.
    private string? Crossing(TypedSql point, (double Lon, double Lat) from, (double Lon, double Lat) to)
    {
        if (from.Lat == to.Lat) return null;
        var (lat, lon) = (point.Latitude, point.Longitude);
        var (y1, y2) = (_scope.Parameters.Add(from.Lat), _scope.Parameters.Add(to.Lat));
        var slope = _scope.Parameters.Add((to.Lon - from.Lon) / (to.Lat - from.Lat));
        return $"((({y1} > {lat}) <> ({y2} > {lat})) AND {lon} < {slope} * ({lat} - {y1}) + {_scope.Parameters.Add(from.Lon)})";
    }

    private static string Distance(TypedSql point, double lon, double lat, Scope scope)
    {
        var (sqlLon, sqlLat) = (scope.Parameters.Add(lon), scope.Parameters.Add(lat));
        return $"(2 * {EarthRadius.ToString(CultureInfo.InvariantCulture)} * asin(least(1.0, sqrt("
            + $"pow(sin(radians({point.Latitude} - {sqlLat}) / 2), 2) + cos(radians({sqlLat})) * cos(radians({point.Latitude})) "
            + $"* pow(sin(radians({point.Longitude} - {sqlLon}) / 2), 2)))))";
    }

    private string Between(string value, double low, double high) =>
        $"{value} >= {_scope.Parameters.Add(low)} AND {value} <= {_scope.Parameters.Add(high)}";

    private double Metres(Syntax distance)
    {
        var (digits, unit) = distance is Quantity quantity ? (quantity.Digits, quantity.Unit) : (((NumberLiteral)distance).Digits, "m");
        var metres = unit switch
        {
            "mm" => 0.001,
            "cm" => 0.01,
            "m" => 1,
            "km" => 1000,
            "mi" => 1609.344,
            "yd" => 0.9144,
            "ft" => 0.3048,
            _ => throw _scope.Error(distance, $"'{unit}' is not a unit of length. Use m, km, mi, yd, ft, cm or mm."),
        };
        return double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture) * metres;
    }
}

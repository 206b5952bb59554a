using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenData.Query.Language;

namespace OpenData.Query.Plan;

/// <summary>Where things are: distances on a sphere, boxes and polygons on the plane of longitude and latitude.</summary>
internal sealed partial class Binder
{
    private const double EarthRadius = 6_371_008.8; // metres, the mean radius of WGS 84
    private const int MaxPolygonPoints = 500;

    // The names that version 2.0 of the API had for the same, which its clients still speak.
    private string? EarlierPredicate(Call call) => call switch
    {
        { Function: "distance", Arguments: [_, _, _] } => WithinDistance(call with { Function = "within_distance" }),
        { Function: "polygon" } => InPolygon(call with { Function = "within" }),
        { Function: "geometry", Arguments: [var field, var shape] } => InPolygon(call with { Function = "intersects", Arguments = [field, shape] }),
        { Function: "geometry", Arguments: [var field, var shape, FieldName mode] } when mode.Name.ToLowerInvariant() is "intersects" or "within" or "disjoint" =>
            InPolygon(call with { Function = mode.Name.ToLowerInvariant(), Arguments = [field, shape] }),
        { Function: "geometry" } => throw Error(call, "Write intersects(point_field, geom'POLYGON((lon lat, …))'), within(…) or disjoint(…)."),
        _ => null,
    };

    private string WithinDistance(Call call)
    {
        if (call.Arguments is not [FieldName field, GeometryLiteral geometry, Quantity or NumberLiteral])
        {
            throw Error(call, "Write within_distance(point_field, geom'POINT(lon lat)', 5km).");
        }

        var point = Point(field);
        var (lon, lat) = PointOf(geometry);
        var metres = Metres(call.Arguments[2]);
        // A box around the circle lets row groups be left out by their statistics before any sine is taken.
        var degrees = metres / EarthRadius * (180 / Math.PI);
        var widest = Math.Min(89.9, Math.Abs(lat) + degrees);
        var lonDegrees = degrees / Math.Cos(widest * Math.PI / 180);
        var box = lonDegrees < 180 && lon - lonDegrees >= -180 && lon + lonDegrees <= 180
            ? $"{Between(point.Latitude, lat - degrees, lat + degrees)} AND {Between(point.Longitude, lon - lonDegrees, lon + lonDegrees)}"
            : Between(point.Latitude, lat - degrees, lat + degrees);
        return $"({box} AND {Distance(point, lon, lat)} <= {Parameters.Add(metres)})";
    }

    // distance(point_field, geom'POINT(lon lat)') in metres, by the haversine formula.
    private Typed DistanceOf(Call call)
    {
        if (call.Arguments is not [FieldName field, GeometryLiteral geometry]) throw Error(call, "Write distance(point_field, geom'POINT(lon lat)').");
        var (lon, lat) = PointOf(geometry);
        return new Typed(Distance(Point(field), lon, lat), ValueKind.Double);
    }

    private string Distance(Typed point, double lon, double lat)
    {
        var (sqlLon, sqlLat) = (Parameters.Add(lon), Parameters.Add(lat));
        return $"(2 * {EarthRadius.ToString(CultureInfo.InvariantCulture)} * asin(least(1.0, sqrt("
            + $"pow(sin(radians({point.Latitude} - {sqlLat}) / 2), 2) + cos(radians({sqlLat})) * cos(radians({point.Latitude})) "
            + $"* pow(sin(radians({point.Longitude} - {sqlLon}) / 2), 2)))))";
    }

    private string InBox(Call call)
    {
        if (call.Arguments is not [FieldName field, _, _, _, _]) throw Error(call, "Write in_bbox(point_field, lat1, lon1, lat2, lon2).");
        var point = Point(field);
        var edges = call.Arguments.Skip(1).Select(Constant).ToArray();
        return $"({Between(point.Latitude, Math.Min(edges[0], edges[2]), Math.Max(edges[0], edges[2]))}"
            + $" AND {Between(point.Longitude, Math.Min(edges[1], edges[3]), Math.Max(edges[1], edges[3]))})";
    }

    // A point is in a polygon if a ray from it crosses an odd number of its edges; all rings count, so holes are left out.
    private string InPolygon(Call call)
    {
        if (call.Arguments is not [FieldName field, GeometryLiteral geometry]) throw Error(call, $"Write {call.Function}(point_field, geom'POLYGON((lon lat, …))').");
        var point = Point(field);
        var rings = RingsOf(geometry);
        var (lat, lon) = (point.Latitude, point.Longitude);
        var crossings = new List<string>();
        foreach (var ring in rings)
        {
            for (var i = 0; i < ring.Count; i++)
            {
                var ((lon1, lat1), (lon2, lat2)) = (ring[i], ring[(i + 1) % ring.Count]);
                if (lat1 == lat2) continue;
                var (y1, y2) = (Parameters.Add(lat1), Parameters.Add(lat2));
                var slope = Parameters.Add((lon2 - lon1) / (lat2 - lat1));
                crossings.Add($"CAST((({y1} > {lat}) <> ({y2} > {lat})) AND {lon} < {slope} * ({lat} - {y1}) + {Parameters.Add(lon1)} AS INTEGER)");
            }
        }

        var points = rings.SelectMany(ring => ring).ToList();
        var box = $"{Between(lat, points.Min(p => p.Lat), points.Max(p => p.Lat))} AND {Between(lon, points.Min(p => p.Lon), points.Max(p => p.Lon))}";
        var inside = crossings.Count == 0 ? "FALSE" : $"({box} AND list_sum([{string.Join(", ", crossings)}]) % 2 = 1)";
        return call.Function == "disjoint" ? $"({lat} IS NOT NULL AND {lon} IS NOT NULL AND {inside} IS NOT TRUE)" : inside;
    }

    private string Between(string value, double low, double high) => $"{value} >= {Parameters.Add(low)} AND {value} <= {Parameters.Add(high)}";

    private Typed Point(Syntax syntax)
    {
        var value = Value(syntax);
        return value.Type == ValueKind.Point ? value : throw Error(syntax, $"Expected a geo_point_2d field, found {Describe(value.Type)}.");
    }

    private double Metres(Syntax distance)
    {
        var (digits, unit) = distance is Quantity quantity ? (quantity.Digits, quantity.Unit) : (((NumberLiteral)distance).Digits, "m");
        var metre = unit switch
        {
            "mm" => 0.001,
            "cm" => 0.01,
            "m" => 1,
            "km" => 1000,
            "mi" => 1609.344,
            "yd" => 0.9144,
            "ft" => 0.3048,
            _ => throw Error(distance, $"'{unit}' is not a unit of length. Use m, km, mi, yd, ft, cm or mm."),
        };
        return double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture) * metre;
    }

    private double Constant(Syntax syntax) => syntax switch
    {
        NumberLiteral number => double.Parse(number.Digits, NumberStyles.Float, CultureInfo.InvariantCulture),
        Negation negation => -Constant(negation.Operand),
        _ => throw Error(syntax, "Expected a number."),
    };

    private (double Lon, double Lat) PointOf(GeometryLiteral geometry) =>
        RingsOf(geometry) is [[var point]] ? point : throw Error(geometry, "Expected a point: geom'POINT(lon lat)'.");

    // WKT or GeoJSON, a point, a polygon or several, as its rings of points; a closing point is dropped.
    private List<List<(double Lon, double Lat)>> RingsOf(GeometryLiteral geometry)
    {
        var rings = geometry.Value.TrimStart().StartsWith('{') ? GeoJson(geometry) : Wkt(geometry);
        if (rings.Count == 0 || rings.Any(ring => ring.Count == 0)) throw NotGeometry(geometry);
        if (rings.Sum(ring => ring.Count) > MaxPolygonPoints) throw Error(geometry, $"The geometry has more than {MaxPolygonPoints} points.");
        if (rings.SelectMany(ring => ring).Any(p => Math.Abs(p.Lon) > 180 || Math.Abs(p.Lat) > 90))
        {
            throw Error(geometry, "Longitudes are -180 to 180, latitudes -90 to 90, and the longitude comes first.");
        }

        foreach (var ring in rings.Where(ring => ring.Count > 1 && ring[0] == ring[^1])) ring.RemoveAt(ring.Count - 1);
        return rings;
    }

    private List<List<(double Lon, double Lat)>> Wkt(GeometryLiteral geometry)
    {
        var match = WktPattern().Match(geometry.Value);
        if (!match.Success) throw NotGeometry(geometry);
        var rings = match.Groups["body"].Value.Split(')', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. rings.Select(ring => ring.TrimStart('(', ',', ' ', '\t', '\r', '\n')).Where(ring => ring.Length > 0)
            .Select(ring => ring.Split(',').Select(pair =>
            {
                var numbers = pair.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                return numbers.Length == 2 && TryNumber(numbers[0], out var lon) && TryNumber(numbers[1], out var lat) ? (lon, lat) : throw NotGeometry(geometry);
            }).ToList())];
    }

    private List<List<(double Lon, double Lat)>> GeoJson(GeometryLiteral geometry)
    {
        try
        {
            using var json = JsonDocument.Parse(geometry.Value);
            var coordinates = json.RootElement.GetProperty("coordinates");
            return json.RootElement.GetProperty("type").GetString() switch
            {
                "Point" => [[Pair(coordinates)]],
                "Polygon" => [.. coordinates.EnumerateArray().Select(Ring)],
                "MultiPolygon" => [.. coordinates.EnumerateArray().SelectMany(polygon => polygon.EnumerateArray()).Select(Ring)],
                _ => throw NotGeometry(geometry),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException or FormatException)
        {
            throw NotGeometry(geometry);
        }

        static List<(double Lon, double Lat)> Ring(JsonElement ring) => [.. ring.EnumerateArray().Select(Pair)];

        static (double, double) Pair(JsonElement pair) => (pair[0].GetDouble(), pair[1].GetDouble());
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private QueryException NotGeometry(GeometryLiteral geometry) =>
        Error(geometry, "Expected a geometry such as geom'POINT(127.0 37.5)' or geom'POLYGON((126.9 37.5, 127.1 37.5, 127.0 37.6, 126.9 37.5))', a MULTIPOLYGON, or the same as GeoJSON.");

    [GeneratedRegex(@"^\s*(?:POINT|POLYGON|MULTIPOLYGON)\s*(?<body>\([-+0-9.eE,()\s]+\))\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WktPattern();
}

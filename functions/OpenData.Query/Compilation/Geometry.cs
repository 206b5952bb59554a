using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenData.Query.Language;

namespace OpenData.Query.Compilation;

/// <summary>Reads geometries of a clause: points, polygons and multipolygons, as WKT or GeoJSON.</summary>
internal static partial class Geometry
{
    private const int MaxPoints = 500;

    /// <summary>A geometry that must be one point.</summary>
    public static (double Lon, double Lat) Point(GeometryLiteral geometry, Scope scope) =>
        Rings(geometry, scope) is [[var point]] ? point : throw scope.Error(geometry, "Expected a point: geom'POINT(lon lat)'.");

    /// <summary>A geometry's rings of points, each without its closing point; a point is a ring of one.</summary>
    public static IReadOnlyList<IReadOnlyList<(double Lon, double Lat)>> Rings(GeometryLiteral geometry, Scope scope)
    {
        var rings = geometry.Value.TrimStart().StartsWith('{') ? GeoJson(geometry.Value) : Wkt(geometry.Value);
        if (rings is null || rings.Count == 0 || rings.Any(ring => ring.Count == 0))
        {
            throw scope.Error(
                geometry,
                "Expected a geometry such as geom'POINT(127.0 37.5)' or geom'POLYGON((126.9 37.5, 127.1 37.5, 127.0 37.6, 126.9 37.5))', "
                + "a MULTIPOLYGON, or the same as GeoJSON.");
        }

        if (rings.Sum(ring => ring.Count) > MaxPoints) throw scope.Error(geometry, $"The geometry has more than {MaxPoints} points.");
        if (rings.SelectMany(ring => ring).Any(p => Math.Abs(p.Lon) > 180 || Math.Abs(p.Lat) > 90))
        {
            throw scope.Error(geometry, "Longitudes are -180 to 180, latitudes -90 to 90, and the longitude comes first.");
        }

        foreach (var ring in rings.Where(ring => ring.Count > 1 && ring[0] == ring[^1])) ring.RemoveAt(ring.Count - 1);
        return rings;
    }

    private static List<List<(double Lon, double Lat)>>? Wkt(string text)
    {
        var match = WktPattern().Match(text);
        if (!match.Success) return null;
        var rings = new List<List<(double Lon, double Lat)>>();
        foreach (var body in match.Groups["body"].Value.Split(')', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var points = body.TrimStart('(', ',', ' ', '\t', '\r', '\n');
            if (points.Length == 0) continue;
            var ring = new List<(double Lon, double Lat)>();
            foreach (var point in points.Split(','))
            {
                var numbers = point.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                if (numbers.Length != 2 || !TryNumber(numbers[0], out var lon) || !TryNumber(numbers[1], out var lat)) return null;
                ring.Add((lon, lat));
            }

            rings.Add(ring);
        }

        return rings;
    }

    private static List<List<(double Lon, double Lat)>>? GeoJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var coordinates = json.RootElement.GetProperty("coordinates");
            return json.RootElement.GetProperty("type").GetString() switch
            {
                "Point" => [[Pair(coordinates)]],
                "Polygon" => [.. coordinates.EnumerateArray().Select(Ring)],
                "MultiPolygon" => [.. coordinates.EnumerateArray().SelectMany(polygon => polygon.EnumerateArray()).Select(Ring)],
                _ => null,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException
            or FormatException)
        {
            return null;
        }

        static List<(double Lon, double Lat)> Ring(JsonElement ring) => [.. ring.EnumerateArray().Select(Pair)];

        static (double, double) Pair(JsonElement pair) => (pair[0].GetDouble(), pair[1].GetDouble());
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    [GeneratedRegex(@"^\s*(?:POINT|POLYGON|MULTIPOLYGON)\s*(?<body>\([-+0-9.eE,()\s]+\))\s*$", RegexOptions.IgnoreCase
        | RegexOptions.CultureInvariant)]
    private static partial Regex WktPattern();
}

using System.Globalization;
using OpenData.Query.Language;

namespace OpenData.Query.Plan;

/// <summary>
/// <c>geo_cluster(point_field, zoom[, radius])</c> of group_by: points that would lie on each other on a web map. The map at that zoom, 256 pixels a tile, is cut into
/// squares of twice the radius; a group is shown as the middle of its points.
/// </summary>
internal static class Clusters
{
    private const int MaxZoom = 25;
    private const int MaxRadius = 1_000; // pixels
    private const int DefaultRadius = 40;

    public static GroupKey Bind(Call call, string name, Binder rows)
    {
        if (call.Arguments is not ([_, NumberLiteral] or [_, NumberLiteral, NumberLiteral])) throw rows.Fault(call, "Write geo_cluster(point_field, 5) or geo_cluster(point_field, 5, 40): a zoom level, and a radius in pixels.");
        var point = rows.AsPoint(call.Arguments[0]);
        var zoom = Whole(1, 0, MaxZoom, "zoom level");
        var radius = call.Arguments.Count > 2 ? Whole(2, 1, MaxRadius, "radius") : DefaultRadius;
        var squares = $"CAST({(256 * Math.Pow(2, zoom) / (2 * radius)).ToString("R", CultureInfo.InvariantCulture)} AS DOUBLE)";
        // The Mercator projection ends where its map is a square.
        var latitude = $"radians(greatest(-85.05112878, least(85.05112878, {point.Latitude})))";
        var x = $"CAST(floor({squares} * ({point.Longitude} + 180) / 360) AS BIGINT)";
        var y = $"CAST(floor({squares} * (0.5 - ln(tan(pi() / 4 + {latitude} / 2)) / (2 * pi()))) AS BIGINT)";
        return new GroupKey(name, name, $"({y} || '/' || {x})", ValueKind.Point, key => new Typed(key, ValueKind.Text))
        {
            Middle = ($"avg({point.Latitude})", $"avg({point.Longitude})"),
        };

        int Whole(int argument, int least, int most, string what)
        {
            var number = (NumberLiteral)call.Arguments[argument];
            return int.TryParse(number.Digits, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) && whole >= least && whole <= most
                ? whole
                : throw rows.Fault(number, $"The {what} is a whole number from {least} to {most}.");
        }
    }
}

using System.Globalization;
using OpenData.DuckDb;
using OpenData.Query.Language;
using OpenData.Query.Schema;

namespace OpenData.Query.Compilation;

/// <summary>
/// <c>geo_cluster(point_field, zoom[, radius])</c> of group_by: points that would overlap on a web map. The map at that zoom, 256 pixels a
/// tile, is cut into squares of twice the radius; a group is shown as the mean of its points.
/// </summary>
internal static class Clusters
{
    private const int MaxZoom = 25;
    private const int MaxRadius = 1_000; // pixels
    private const int DefaultRadius = 40;

    public static GroupKey Bind(Call call, string name, ValueBinder rows)
    {
        if (call.Arguments is not ([_, NumberLiteral] or [_, NumberLiteral, NumberLiteral]))
        {
            throw rows.Scope.Error(
                call, "Write geo_cluster(point_field, 5) or geo_cluster(point_field, 5, 40): a zoom level, and a radius in pixels.");
        }

        var point = rows.Point(call.Arguments[0]);
        var zoom = Whole(1, 0, MaxZoom, "zoom level");
        var radius = call.Arguments.Count > 2 ? Whole(2, 1, MaxRadius, "radius") : DefaultRadius;
        var squares = Sql.Literal(256 * Math.Pow(2, zoom) / (2 * radius));
        // The Mercator projection is cut off where its map becomes a square.
        var latitude = $"radians(greatest(-85.05112878, least(85.05112878, {point.Latitude})))";
        var x = $"CAST(floor({squares} * ({point.Longitude} + 180) / 360) AS BIGINT)";
        var y = $"CAST(floor({squares} * (0.5 - ln(tan(pi() / 4 + {latitude} / 2)) / (2 * pi()))) AS BIGINT)";
        return new GroupKey(name, name, $"({y} || '/' || {x})", ValueKind.Point, key => new TypedSql(key, ValueKind.Text))
        {
            Middle = ($"avg({point.Latitude})", $"avg({point.Longitude})"),
        };

        int Whole(int argument, int least, int most, string what)
        {
            var number = (NumberLiteral)call.Arguments[argument];
            var isWhole = int.TryParse(number.Digits, NumberStyles.None, CultureInfo.InvariantCulture, out var whole);
            return isWhole && whole >= least && whole <= most
                ? whole
                : throw rows.Scope.Error(number, $"The {what} is a whole number from {least} to {most}.");
        }
    }
}

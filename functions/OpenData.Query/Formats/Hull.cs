using OpenData.DuckDb;

namespace OpenData.Query.Formats;

/// <summary>The convex hull of a list of points as a GeoJSON feature, by Andrew's monotone chain.</summary>
internal static class Hull
{
    public static bool TryWrite(Utf8Output output, ColumnVector list, int row)
    {
        var (start, count) = list.ItemsOf(row);
        var items = list.Items();
        var (lon, lat) = (items.Member(0), items.Member(1));
        var points = Enumerable.Range(start, count)
            .Where(i => !items.IsNull(i))
            .Select(i => (X: lon.Double(i), Y: lat.Double(i)))
            .Distinct()
            .Order()
            .ToList();
        if (points.Count == 0) return false;
        var corners = points.Count < 3 ? points : [.. Half(points), .. Half(points.AsEnumerable().Reverse())];
        output.Write("{\"type\":\"Feature\",\"geometry\":{\"type\":"u8);
        output.Write(
            corners.Count switch
            {
                1 => "\"Point\",\"coordinates\":"u8,
                2 => "\"LineString\",\"coordinates\":["u8,
                _ => "\"Polygon\",\"coordinates\":[["u8,
            });
        for (var i = 0; i < corners.Count; i++)
        {
            if (i > 0) output.Write(","u8);
            Position(output, corners[i]);
        }

        if (corners.Count > 2)
        {
            output.Write(","u8);
            Position(output, corners[0]);
        }

        output.Write(corners.Count switch { 1 => ""u8, 2 => "]"u8, _ => "]]"u8 });
        output.Write("},\"properties\":{}}"u8);
        return true;
    }

    // From one end to the other, turning left at every corner; the last point begins the other half.
    private static List<(double X, double Y)> Half(IEnumerable<(double X, double Y)> points)
    {
        var chain = new List<(double X, double Y)>();
        foreach (var point in points)
        {
            while (chain.Count > 1 && Turn(chain[^2], chain[^1], point) <= 0) chain.RemoveAt(chain.Count - 1);
            chain.Add(point);
        }

        chain.RemoveAt(chain.Count - 1);
        return chain;
    }

    private static double Turn((double X, double Y) a, (double X, double Y) b, (double X, double Y) c) =>
        ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));

    private static void Position(Utf8Output output, (double X, double Y) point)
    {
        output.Write("["u8);
        Utf8Values.TryDouble(output, point.X);
        output.Write(","u8);
        Utf8Values.TryDouble(output, point.Y);
        output.Write("]"u8);
    }
}

using System.Globalization;
using OpenData.Query.Language;

namespace OpenData.Query.Plan;

/// <summary>Aggregate functions: the only ones there are.</summary>
internal static class Aggregates
{
    private const int Directions = 72;

    public static readonly string[] Names = ["count", "sum", "avg", "min", "max", "median", "percentile", "stddev", "envelope", "bbox"];

    public static bool IsAggregate(string function) => Names.Contains(function);

    /// <summary>An aggregate's SQL and type; its argument is bound for each record.</summary>
    public static (string Sql, ValueKind Type) Bind(Call call, Binder rows)
    {
        var arguments = call.Arguments;
        switch (call.Function)
        {
            case "count" when arguments is [Star] && !call.Distinct:
                return ("count(*)", ValueKind.Int);
            case "percentile" when arguments is [var value, NumberLiteral percent]:
                var share = double.Parse(percent.Digits, NumberStyles.Float, CultureInfo.InvariantCulture);
                if (share > 100) throw rows.Fault(percent, "A percentile is a number from 0 to 100.");
                return (Quantile(rows.AsNumber(value).Sql, share / 100), ValueKind.Double);
            case "percentile":
                throw rows.Fault(call, "Write percentile(field, 95).");
        }

        if (arguments is not [var argument] || argument is Star) throw rows.Fault(call, call.Function == "count" ? "Write count(*), count(field) or count(distinct field)." : $"Write {call.Function}(field).");
        if (Groups.HasAggregate(argument)) throw rows.Fault(argument, "An aggregate cannot stand in an aggregate.");
        if (call.Function == "envelope") return (Outermost(rows.AsPoint(argument)), ValueKind.Points);
        if (call.Function == "bbox") return (Box(rows.AsPoint(argument)), ValueKind.Shape);
        if (call.Function is "count")
        {
            var counted = rows.Value(argument);
            var sql = counted.Type == ValueKind.Point ? $"({counted.Latitude}, {counted.Longitude})" : counted.Sql;
            if (counted.Type == ValueKind.Point && !call.Distinct) sql = $"{counted.Latitude} + {counted.Longitude}";
            return (call.Distinct ? $"count(DISTINCT {sql})" : $"count({sql})", ValueKind.Int);
        }

        if (call.Function is "min" or "max")
        {
            var compared = rows.Value(argument);
            if (!compared.Type.IsNumber() && !compared.Type.IsTime() && compared.Type != ValueKind.Text) throw rows.Fault(argument, $"{call.Function}() takes a number, a date or a text.");
            return ($"{call.Function}({compared.Sql})", compared.Type);
        }

        var number = rows.AsNumber(argument);
        return call.Function switch
        {
            "sum" => ($"sum({number.Sql})", number.Type),
            "avg" => ($"avg({number.Sql})", ValueKind.Double),
            "median" => (Quantile(number.Sql, 0.5), ValueKind.Double),
            _ => ($"stddev_pop(CAST({number.Sql} AS DOUBLE))", ValueKind.Double),
        };
    }

    // DuckDB wants the share as a constant of the statement; it is a number that we have read and write ourselves.
    private static string Quantile(string number, double share) => $"quantile_cont(CAST({number} AS DOUBLE), {Constant(share)})";

    // The outermost point in each of many directions: the corners of the convex hull, found in one pass and in constant memory. A corner is missed
    // only if it is flatter than the angle between two directions.
    private static string Outermost(Typed point)
    {
        var furthest = Enumerable.Range(0, Directions).Select(i =>
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * i / Directions);
            return $"arg_max({{'lon': {point.Longitude}, 'lat': {point.Latitude}}}, {point.Longitude} * {Constant(cos)} + {point.Latitude} * {Constant(sin)})";
        });
        return $"[{string.Join(", ", furthest)}]";
    }

    private static string Constant(double number) => $"CAST({number.ToString("R", CultureInfo.InvariantCulture)} AS DOUBLE)";

    // A GeoJSON polygon around all points.
    private static string Box(Typed point)
    {
        var (west, east) = ($"CAST(min({point.Longitude}) AS VARCHAR)", $"CAST(max({point.Longitude}) AS VARCHAR)");
        var (south, north) = ($"CAST(min({point.Latitude}) AS VARCHAR)", $"CAST(max({point.Latitude}) AS VARCHAR)");
        return "('{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[' || "
            + string.Join(" || '],[' || ", new[] { (west, south), (east, south), (east, north), (west, north), (west, south) }.Select(corner => $"{corner.Item1} || ',' || {corner.Item2}"))
            + " || ']]]},\"properties\":{}}')";
    }
}

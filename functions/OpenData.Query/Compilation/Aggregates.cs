using System.Globalization;
using OpenData.DuckDb;
using OpenData.Query.Language;
using OpenData.Query.Schema;

namespace OpenData.Query.Compilation;

/// <summary>Binds aggregate functions. There are no others.</summary>
internal static class Aggregates
{
    private const int EnvelopeDirections = 72;

    public static readonly string[] Names = ["count", "sum", "avg", "min", "max", "median", "percentile", "stddev", "envelope", "bbox"];

    public static bool IsAggregate(string function) => Names.Contains(function);

    /// <summary>Whether an aggregate stands anywhere in an expression.</summary>
    public static bool IsIn(Syntax syntax) => syntax switch
    {
        Call call => IsAggregate(call.Function) || call.Arguments.Any(IsIn),
        Negation negation => IsIn(negation.Operand),
        Arithmetic arithmetic => IsIn(arithmetic.Left) || IsIn(arithmetic.Right),
        _ => false,
    };

    /// <summary>An aggregate as SQL.</summary>
    /// <param name="call">The call.</param>
    /// <param name="rows">Binds its argument, which is evaluated for each record.</param>
    public static TypedSql Bind(Call call, ValueBinder rows)
    {
        if (call is { Function: "count", Arguments: [Star], Distinct: false }) return new TypedSql("count(*)", ValueKind.Int);
        if (call.Function == "percentile") return Percentile(call, rows);
        if (call.Arguments is not [var argument] || argument is Star)
        {
            throw rows.Scope.Error(
                call,
                call.Function == "count" ? "Write count(*), count(field) or count(distinct field)." : $"Write {call.Function}(field).");
        }

        if (IsIn(argument)) throw rows.Scope.Error(argument, "An aggregate cannot stand in an aggregate.");
        return call.Function switch
        {
            "count" => Count(rows.Value(argument), call.Distinct),
            "min" or "max" => Extreme(call.Function, argument, rows),
            "sum" => rows.Number(argument) is var number ? number with { Sql = $"sum({number.Sql})" } : default,
            "avg" => new TypedSql($"avg({rows.Number(argument).Sql})", ValueKind.Double),
            "median" => Quantile(rows.Number(argument).Sql, 0.5),
            "envelope" => Outermost(rows.Point(argument)),
            "bbox" => Box(rows.Point(argument)),
            _ => new TypedSql($"stddev_pop(CAST({rows.Number(argument).Sql} AS DOUBLE))", ValueKind.Double),
        };
    }

    private static TypedSql Count(TypedSql counted, bool distinct)
    {
        if (!distinct) return new TypedSql($"count({counted.NullTest})", ValueKind.Int);
        var sql = counted.Kind == ValueKind.Point ? $"({counted.Latitude}, {counted.Longitude})" : counted.Sql;
        return new TypedSql($"count(DISTINCT {sql})", ValueKind.Int);
    }

    private static TypedSql Extreme(string function, Syntax argument, ValueBinder rows)
    {
        var compared = rows.Value(argument);
        if (!compared.Kind.IsNumber() && !compared.Kind.IsTime() && compared.Kind != ValueKind.Text)
        {
            throw rows.Scope.Error(argument, $"{function}() takes a number, a date or a text.");
        }

        return compared with { Sql = $"{function}({compared.Sql})" };
    }

    private static TypedSql Percentile(Call call, ValueBinder rows)
    {
        if (call.Arguments is not [var value, NumberLiteral percent]) throw rows.Scope.Error(call, "Write percentile(field, 95).");
        var share = double.Parse(percent.Digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        return share <= 100
            ? Quantile(rows.Number(value).Sql, share / 100)
            : throw rows.Scope.Error(percent, "A percentile is a number from 0 to 100.");
    }

    // DuckDB requires the share to be a constant of the statement. It was read as a number and is written by us.
    private static TypedSql Quantile(string number, double share) =>
        new($"quantile_cont(CAST({number} AS DOUBLE), {Sql.Literal(share)})", ValueKind.Double);

    // The outermost point in each of many directions: the corners of the convex hull, found in one pass and constant memory. A corner is
    // missed only if it is flatter than the angle between two directions.
    private static TypedSql Outermost(TypedSql point)
    {
        var furthest = Enumerable.Range(0, EnvelopeDirections).Select(i =>
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * i / EnvelopeDirections);
            var position = $"{{'lon': {point.Longitude}, 'lat': {point.Latitude}}}";
            return $"arg_max({position}, {point.Longitude} * {Sql.Literal(cos)} + {point.Latitude} * {Sql.Literal(sin)})";
        });
        return new TypedSql($"[{string.Join(", ", furthest)}]", ValueKind.Points);
    }

    // A GeoJSON polygon around all points.
    private static TypedSql Box(TypedSql point)
    {
        var (west, east) = ($"CAST(min({point.Longitude}) AS VARCHAR)", $"CAST(max({point.Longitude}) AS VARCHAR)");
        var (south, north) = ($"CAST(min({point.Latitude}) AS VARCHAR)", $"CAST(max({point.Latitude}) AS VARCHAR)");
        (string Lon, string Lat)[] corners = [(west, south), (east, south), (east, north), (west, north), (west, south)];
        var positions = string.Join(" || '],[' || ", corners.Select(corner => $"{corner.Lon} || ',' || {corner.Lat}"));
        return new TypedSql(
            "('{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[' || "
                + positions + " || ']]]},\"properties\":{}}')",
            ValueKind.Shape);
    }
}

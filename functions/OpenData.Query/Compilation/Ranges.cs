using System.Globalization;
using OpenData.DuckDb;
using OpenData.Query.Language;
using OpenData.Query.Schema;

namespace OpenData.Query.Compilation;

/// <summary>
/// <c>range(…)</c> of group_by. Records are grouped by the lower bound of their interval, so that groups sort as their values do, and shown
/// as the interval's text: <c>[10, 20[</c>, <c>[2024-01-01T00:00:00.000Z, 2024-02-01T00:00:00.000Z[</c>; between written bounds of whole
/// numbers <c>[10, 19]</c>.
/// </summary>
internal static class Ranges
{
    private const int MostUnits = 100_000;
    private const int MostDecimals = 18;
    private const long LargestWidth = 999_999_999_999_999_999;

    private static readonly Dictionary<string, string> IntervalUnits =
        "ms millisecond s second m minute h hour d day w week M month q quarter y year"
        .Split(' ').Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    public static GroupKey Bind(Call call, string name, ValueBinder rows)
    {
        if (call.Arguments.Count < 2 || call.Arguments[0] is not FieldName field)
        {
            throw rows.Scope.Error(call, "Write range(field, 10, 20, 30), range(field, 10) or range(date_field, 1 month).");
        }

        var value = rows.Value(field);
        if (!value.Kind.IsNumber() && !value.Kind.IsTime()) throw rows.Scope.Error(field, "range() takes a number or a date.");
        var steps = call.Arguments.Skip(1).ToList();
        return steps switch
        {
            [Quantity step] when value.Kind.IsTime() => EqualPeriods(name, step, rows, field),
            [NumberLiteral step] when value.Kind.IsNumber() => EqualWidths(name, value, step, rows),
            _ when steps.TrueForAll(step => step is Star) => throw rows.Scope.Error(call, "A range needs at least one bound."),
            _ => WrittenRanges.Bind(name, value, steps, rows),
        };
    }

    private static GroupKey EqualWidths(string name, TypedSql value, NumberLiteral step, ValueBinder rows)
    {
        if (!ExactNumber.TryParse(step.Digits, out var width) || width.Unscaled.Sign <= 0 || width.Unscaled > LargestWidth)
        {
            throw rows.Scope.Error(step, "The width is a number above 0 of at most 18 digits.");
        }

        width = width.Trimmed();
        if (width.Scale > MostDecimals) throw rows.Scope.Error(step, $"The width has more than {MostDecimals} digits after its point.");
        return value.Kind == ValueKind.Double ? EqualWidthsOfDoubles(name, value, width) : ExactEqualWidths(name, value, width);
    }

    // Whole numbers and decimals: the lower bound is the value less its remainder, which is exact.
    private static GroupKey ExactEqualWidths(string name, TypedSql value, ExactNumber width)
    {
        var scale = Math.Max(value.Kind == ValueKind.Int ? 0 : value.Scale, width.Scale);
        var type = scale == 0 ? "HUGEINT" : $"DECIMAL(38, {Sql.Literal(scale)})";
        var step = $"CAST({width} AS {type})";
        var lower = Lower($"CAST({value.Sql} AS {type})", step);
        return new GroupKey(
            name, name, lower, scale == 0 ? ValueKind.Int : ValueKind.Decimal, key => Interval(key, $"({key} + {step})"))
        { Scale = scale };
    }

    // A floating-point number stands for the decimal that it is written as: 0.3 is in [0.3, 0.4[, though 3 * 0.1 is above it in binary.
    private static GroupKey EqualWidthsOfDoubles(string name, TypedSql value, ExactNumber width)
    {
        const string type = "DECIMAL(38, 20)";
        var step = $"CAST({width} AS {type})";
        var size = $"CAST({width} AS DOUBLE)";
        var lower = $"(CASE WHEN abs({value.Sql}) < 1e15 THEN CAST({Lower($"TRY_CAST(CAST({value.Sql} AS VARCHAR) AS {type})", step)} "
            + "AS DOUBLE) "
            + $"ELSE floor({value.Sql} / {size}) * {size} END)";
        return new GroupKey(name, name, lower, ValueKind.Double, key => Interval(
            key,
            $"(CASE WHEN abs({key}) < 1e15 THEN CAST(TRY_CAST(CAST({key} AS VARCHAR) AS {type}) + {step} AS DOUBLE) ELSE {key} + "
            + $"{size} END)"));
    }

    private static string Lower(string value, string step) => $"({value} - ((({value} % {step}) + {step}) % {step}))";

    private static GroupKey EqualPeriods(string name, Quantity step, ValueBinder rows, FieldName field)
    {
        var singular = step.Unit.EndsWith('s') && step.Unit.Length > 2 ? step.Unit[..^1] : step.Unit;
        var unit = IntervalUnits.GetValueOrDefault(step.Unit, singular);
        if (!IntervalUnits.ContainsValue(unit))
        {
            throw rows.Scope.Error(step, $"'{step.Unit}' is not an interval. Use second, minute, hour, day, week, month, quarter or year.");
        }

        if (!int.TryParse(step.Digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > MostUnits)
        {
            throw rows.Scope.Error(step, $"The width is a whole number from 1 to {MostUnits}.");
        }

        var interval = $"INTERVAL {Sql.Literal(count)} {unit}";
        var origin = unit == "week" ? "2001-01-01" : "2000-01-01"; // weeks begin on Mondays
        var start = $"time_bucket({interval}, CAST({rows.WallClock(field)} AS TIMESTAMP), TIMESTAMP '{origin}')";
        return new GroupKey(
            name, name, start, ValueKind.DateTime, key => Interval(Utc(key, rows.Scope), Utc($"({key} + {interval})", rows.Scope)));
    }

    private static TypedSql Interval(string low, string high) => new($"('[' || {low} || ', ' || {high} || '[')", ValueKind.Text);

    // A local time of the question's time zone as UTC, as text.
    private static string Utc(string wall, Scope scope)
    {
        var zone = scope.Question.TimeZone;
        var utc = zone == "UTC" ? wall : $"timezone('UTC', timezone({scope.Parameters.Add(zone)}, {wall}))";
        return $"(strftime({utc}, '%Y-%m-%dT%H:%M:%S.%g') || 'Z')";
    }
}

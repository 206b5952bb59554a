using System.Globalization;
using OpenData.Query.Language;

namespace OpenData.Query.Plan;

/// <summary>Scalar functions: the only ones there are.</summary>
internal sealed partial class Binder
{
    private static readonly string[] ScalarFunctions =
        ["length", "lower", "upper", "now", "year", "month", "day", "hour", "minute", "second", "dayofweek", "quarter", "date_format", "json_format", "ifnull", "distance"];

    private Typed Function(Call call)
    {
        switch (call.Function)
        {
            case "length":
                return new Typed($"length({TextArgument(call)})", ValueKind.Int);
            case "lower":
            case "upper":
                return new Typed($"{call.Function}({TextArgument(call)})", ValueKind.Text);
            case "now":
                return new Typed(Parameters.Add(NowOf(call)), ValueKind.Instant);
            case "year" or "month" or "day" or "hour" or "minute" or "second" or "quarter":
                return new Typed($"{call.Function}({TimeArgument(call)})", ValueKind.Int);
            case "dayofweek":
                return new Typed($"isodow({TimeArgument(call)})", ValueKind.Int);
            case "date_format":
                return DateFormatted(call);
            case "json_format":
                return JsonFormatted(call);
            case "ifnull":
                return IfNull(call);
            case "distance":
                return DistanceOf(call);
        }

        if (Aggregates.IsAggregate(call.Function)) throw Error(call, $"The aggregate {call.Function}() has no place in {clause}.");
        if (Predicate(call) is not null) throw Error(call, $"{call.Function}() is a condition and cannot be used as a value.");
        throw Error(call, call.Function switch
        {
            "range" or "geo_cluster" => $"{call.Function}() stands in group_by, and elsewhere only as it is written there.",
            "include" or "exclude" => $"{call.Function}() stands in select only.",
            "random" => "random() stands in order_by only.",
            _ when Spelling.Nearest(ScalarFunctions.Concat(Predicates).Concat(Aggregates.Names), call.Function) is { } nearest => $"Unknown function: {call.Function}(). Did you mean {nearest}()?",
            _ => $"Unknown function: {call.Function}(). There are {string.Join(", ", ScalarFunctions)}; conditions: {string.Join(", ", Predicates)}; aggregates: {string.Join(", ", Aggregates.Names)}.",
        });
    }

    private string TextArgument(Call call)
    {
        if (call.Arguments.Count != 1) throw Error(call, $"{call.Function}() takes one text.");
        var value = Value(call.Arguments[0]);
        return IsText(value.Type) ? value.Sql : throw Error(call.Arguments[0], $"Expected a text, found {Describe(value.Type)}.");
    }

    /// <summary>A date or time as the wall clock of the time zone asked for shows it.</summary>
    private string TimeArgument(Call call)
    {
        if (call.Arguments.Count != 1) throw Error(call, $"{call.Function}() takes one date or datetime.");
        return WallClock(call.Arguments[0]);
    }

    private string WallClock(Syntax syntax)
    {
        var value = Value(syntax);
        return value.Type switch
        {
            ValueKind.Date or ValueKind.DateTime => value.Sql,
            ValueKind.Instant => $"timezone({Parameters.Add(question.TimeZone)}, {value.Sql})",
            _ => throw Error(syntax, $"Expected a date or datetime, found {Describe(value.Type)}."),
        };
    }

    private Typed DateFormatted(Call call)
    {
        if (call.Arguments is not [var date, TextLiteral pattern]) throw Error(call, "Write date_format(date_field, 'yyyy-MM-dd').");
        return new Typed(DateFormat.ToSql(pattern.Value, WallClock(date), question.Language, Parameters, problem => Error(pattern, problem)), ValueKind.Text);
    }

    // A text that is JSON as JSON; any other as the text that it is, or as what is written for it.
    private Typed JsonFormatted(Call call)
    {
        if (call.Arguments is not ([_] or [_, TextLiteral or NullLiteral])) throw Error(call, "Write json_format(text_field), json_format(text_field, \"other\") or json_format(text_field, null).");
        var value = Value(call.Arguments[0]);
        if (!IsText(value.Type)) throw Error(call.Arguments[0], $"Expected a text, found {Describe(value.Type)}.");
        if (call.Arguments.Count == 1) return new Typed(value.Sql, ValueKind.Json);
        var other = call.Arguments[1] is TextLiteral text ? Parameters.Add(text.Value) : "NULL";
        return new Typed($"(CASE WHEN {value.Sql} IS NULL OR json_valid({value.Sql}) THEN {value.Sql} ELSE {other} END)", ValueKind.Json);
    }

    private Typed IfNull(Call call)
    {
        if (call.Arguments.Count != 2) throw Error(call, "Write ifnull(expression, alternative).");
        var value = Value(call.Arguments[0]);
        if (value.Type is ValueKind.Point or ValueKind.Shape or ValueKind.Points) throw Error(call.Arguments[0], $"{Capital(Describe(value.Type))} has no alternative.");
        var other = call.Arguments[1] switch
        {
            TextLiteral text when value.Type.IsTime() => Edge(Date(text.Value, text).First, Date(text.Value, text), value.Type),
            _ when value.Type.IsTime() && Value(call.Arguments[1]).Type.IsTime() => Value(call.Arguments[1]).Sql,
            _ => Operand(call.Arguments[1], value.Type),
        };
        return new Typed($"coalesce({value.Sql}, {other})", value.Type == ValueKind.Int && Value(call.Arguments[1]).Type is ValueKind.Double or ValueKind.Decimal ? ValueKind.Double : value.Type);
    }

    // now(years=-1, day=1): plural names shift, singular names set, in the order they are written.
    private DateTimeOffset NowOf(Call call)
    {
        var now = question.Now.ToUniversalTime();
        foreach (var argument in call.Arguments)
        {
            if (argument is not Comparison { Operator: "=", Left: FieldName part } set) throw Error(argument, "Write now(days=-1), now(year=2024, months=-3), …");
            var number = Constant(set.Right);
            if (number != Math.Floor(number) || Math.Abs(number) > 1_000_000_000) throw Error(set.Right, "Expected a whole number.");
            try
            {
                now = Shift(now, part.Name.ToLowerInvariant(), (int)number) ?? throw Error(part, $"now() knows no '{part.Name}'. It takes years, months, weeks, days, hours, minutes, seconds; without the s it sets that part.");
            }
            catch (ArgumentOutOfRangeException)
            {
                throw Error(set.Right, $"{number.ToString(CultureInfo.InvariantCulture)} is out of range for '{part.Name}'.");
            }
        }

        return now;
    }

    private static DateTimeOffset? Shift(DateTimeOffset now, string part, int n)
    {
        string[] weekdays = ["mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays"];
        var today = ((int)now.DayOfWeek + 6) % 7; // 0 is Monday
        return part switch
        {
            "years" => now.AddYears(n),
            "months" => now.AddMonths(n),
            "weeks" => now.AddDays(7.0 * n),
            "days" => now.AddDays(n),
            "hours" => now.AddHours(n),
            "minutes" => now.AddMinutes(n),
            "seconds" => now.AddSeconds(n),
            "microseconds" => now.AddTicks(n * 10L),
            "year" => now.AddYears(n - now.Year),
            "month" => n is >= 1 and <= 12 ? now.AddMonths(n - now.Month) : throw new ArgumentOutOfRangeException(nameof(n)),
            "day" => n >= 1 ? now.AddDays(Math.Min(n, DateTime.DaysInMonth(now.Year, now.Month)) - now.Day) : throw new ArgumentOutOfRangeException(nameof(n)),
            "hour" => n is >= 0 and <= 23 ? now.AddHours(n - now.Hour) : throw new ArgumentOutOfRangeException(nameof(n)),
            "minute" => n is >= 0 and <= 59 ? now.AddMinutes(n - now.Minute) : throw new ArgumentOutOfRangeException(nameof(n)),
            "second" => n is >= 0 and <= 59 ? now.AddSeconds(n - now.Second) : throw new ArgumentOutOfRangeException(nameof(n)),
            "microsecond" => n is >= 0 and <= 999_999 ? now.AddTicks((n * 10L) - (now.Ticks % TimeSpan.TicksPerSecond)) : throw new ArgumentOutOfRangeException(nameof(n)),
            "weekday" => n is >= 0 and <= 6 ? now.AddDays((n - today + 7) % 7) : throw new ArgumentOutOfRangeException(nameof(n)),
            _ when Array.IndexOf(weekdays, part) is >= 0 and var weekday => now.AddDays(Weekday(weekday, today, n)),
            _ => null,
        };
    }

    // The nth such weekday after today, or before it.
    private static double Weekday(int weekday, int today, int n) => n switch
    {
        > 0 => ((weekday - today + 6) % 7) + 1 + (7.0 * (n - 1)),
        < 0 => -(((today - weekday + 6) % 7) + 1) + (7.0 * (n + 1)),
        _ => 0,
    };
}

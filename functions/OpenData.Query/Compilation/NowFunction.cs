using System.Globalization;
using OpenData.Query.Language;

namespace OpenData.Query.Compilation;

/// <summary>
/// <c>now(years=-1, day=1)</c>: the time of the question, changed by its arguments in the order they are written. Plural names shift the
/// time, singular names set a part of it. The time is in UTC.
/// </summary>
internal static class NowFunction
{
    private const double MostUnits = 1_000_000_000;

    private static readonly string[] Weekdays = ["mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays"];

    /// <summary>The time that a call stands for.</summary>
    public static DateTimeOffset Evaluate(Call call, Scope scope, Literals literals)
    {
        var now = scope.Question.Now.ToUniversalTime();
        foreach (var argument in call.Arguments)
        {
            if (argument is not Comparison { Operator: "=", Left: FieldName part } set)
            {
                throw scope.Error(argument, "Write now(days=-1), now(year=2024, months=-3), …");
            }

            var number = literals.Constant(set.Right);
            if (number != Math.Floor(number) || Math.Abs(number) > MostUnits) throw scope.Error(set.Right, "Expected a whole number.");
            try
            {
                now = Change(now, part.Name.ToLowerInvariant(), (int)number) ?? throw scope.Error(
                    part,
                    $"now() knows no '{part.Name}'. It takes years, months, weeks, days, hours, minutes, seconds; without the s it "
                    + "sets that part.");
            }
            catch (ArgumentOutOfRangeException)
            {
                throw scope.Error(set.Right, $"{number.ToString(CultureInfo.InvariantCulture)} is out of range for '{part.Name}'.");
            }
        }

        return now;
    }

    private static DateTimeOffset? Change(DateTimeOffset now, string part, int n)
    {
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
            "microseconds" => now.AddTicks(n * TimeSpan.TicksPerMicrosecond),
            "year" => now.AddYears(n - now.Year),
            "month" => now.AddMonths(Within(n, 1, 12) - now.Month),
            "day" => now.AddDays(Math.Min(Within(n, 1, int.MaxValue), DateTime.DaysInMonth(now.Year, now.Month)) - now.Day),
            "hour" => now.AddHours(Within(n, 0, 23) - now.Hour),
            "minute" => now.AddMinutes(Within(n, 0, 59) - now.Minute),
            "second" => now.AddSeconds(Within(n, 0, 59) - now.Second),
            "microsecond" => now.AddTicks((Within(n, 0, 999_999) * TimeSpan.TicksPerMicrosecond) - (now.Ticks % TimeSpan.TicksPerSecond)),
            "weekday" => now.AddDays((Within(n, 0, 6) - today + 7) % 7),
            _ when Array.IndexOf(Weekdays, part) is >= 0 and var weekday => now.AddDays(DaysToWeekday(weekday, today, n)),
            _ => null,
        };
    }

    private static int Within(int number, int least, int most) =>
        number >= least && number <= most ? number : throw new ArgumentOutOfRangeException(nameof(number));

    // Days to the nth such weekday after today, or before it if n is negative.
    private static double DaysToWeekday(int weekday, int today, int n) => n switch
    {
        > 0 => ((weekday - today + 6) % 7) + 1 + (7.0 * (n - 1)),
        < 0 => -(((today - weekday + 6) % 7) + 1) + (7.0 * (n + 1)),
        _ => 0,
    };
}

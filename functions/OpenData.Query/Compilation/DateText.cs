using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenData.Query.Compilation;

/// <summary>
/// A date as a caller writes it. A year, a month or a day stands for that whole period: <c>= date'2024'</c> is any day of 2024,
/// <c>&lt;= date'2024-03'</c> includes March, <c>> date'2024-03-05'</c> begins on the sixth. With a time it is that moment.
/// </summary>
/// <param name="First">The period's first moment, on the wall clock.</param>
/// <param name="Next">The first moment after it, or the last of the calendar; of a moment, the moment itself.</param>
/// <param name="Offset">The offset from UTC that was written, or null.</param>
internal readonly partial record struct DateText(DateTime First, DateTime Next, TimeSpan? Offset)
{
    private static readonly TimeSpan MostOffset = TimeSpan.FromHours(14);

    public bool IsPeriod => Next > First;

    /// <summary>Whether the period ends with the calendar, in the year 9999, so that no moment is after it.</summary>
    public bool IsLast => IsPeriod && Next == DateTime.MaxValue;

    /// <summary>The whole day, in UTC, of a time.</summary>
    public static DateText Day(DateTimeOffset time) => new(time.UtcDateTime.Date, After(time.UtcDateTime.Date, 1), null);

    /// <summary>One moment.</summary>
    public static DateText Moment(DateTimeOffset time) => new(time.UtcDateTime, time.UtcDateTime, TimeSpan.Zero);

    /// <summary>Reads ISO 8601, the same with slashes, or eight digits; false for anything else.</summary>
    public static bool TryParse(string text, out DateText date)
    {
        date = default;
        var match = Pattern().Match(text.Trim());
        if (!match.Success) return false;
        var year = Part("y", 1);
        var month = Part("mo", 1);
        var day = Part("d", 1);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        var first = new DateTime(year, month, day);
        if (!match.Groups["h"].Success)
        {
            var days = match.Groups["d"].Success ? 1
                : match.Groups["mo"].Success ? DateTime.DaysInMonth(year, month)
                : DateTime.IsLeapYear(year) ? 366 : 365;
            date = new DateText(first, After(first, days), null);
            return true;
        }

        var (hour, minute, second) = (Part("h", 0), Part("mi", 0), Part("s", 0));
        if (hour > 23 || minute > 59 || second > 59) return false;
        // DuckDB's times have six digits after the second; more are cut off.
        var micros = match.Groups["f"].Success
            ? int.Parse(match.Groups["f"].Value.PadRight(9, '0').AsSpan(0, 6), CultureInfo.InvariantCulture)
            : 0;
        var moment = first.AddHours(hour).AddMinutes(minute).AddSeconds(second).AddMicroseconds(micros);
        TimeSpan? offset = null;
        if (match.Groups["z"].Success) offset = TimeSpan.Zero;
        if (match.Groups["oh"].Success)
        {
            var (hours, minutes) = (Part("oh", 0), Part("om", 0));
            if (minutes > 59) return false;
            offset = new TimeSpan(hours, minutes, 0) * (match.Groups["sign"].Value == "-" ? -1 : 1);
            if (offset.Value.Duration() > MostOffset) return false;
            // The same moment in UTC must have a year from 1 to 9999, too.
            if (offset > TimeSpan.Zero ? moment - DateTime.MinValue < offset : DateTime.MaxValue - moment < -offset) return false;
        }

        date = new DateText(moment, moment, offset);
        return true;

        int Part(string group, int otherwise) =>
            match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : otherwise;
    }

    // The day so many days later, or the last moment of the calendar if there is no such day.
    private static DateTime After(DateTime day, int days) =>
        (DateTime.MaxValue - day).TotalDays < days ? DateTime.MaxValue : day.AddDays(days);

    [GeneratedRegex(
        """
        ^(?<y>[0-9]{4})(?:[-/](?<mo>[0-9]{1,2})(?:[-/](?<d>[0-9]{1,2}))?|(?<mo>[0-9]{2})(?<d>[0-9]{2}))?
        (?:(?<=[-/][0-9]{1,2}[-/][0-9]{1,2})[T\x20](?<h>[0-9]{2})(?::?(?<mi>[0-9]{2})(?::?(?<s>[0-9]{2})(?:[.,](?<f>[0-9]{1,9}))?)?)?
        (?<z>Z)?(?:(?<sign>[+-])(?<oh>[0-9]{2}):?(?<om>[0-9]{2})?)?)?$
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}

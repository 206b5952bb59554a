using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenData.Query.Compilation;

/// <summary>
/// A date as a caller writes it. A year, a month or a day stands for that whole period: <c>= date'2024'</c> is any day of 2024,
/// <c>&lt;= date'2024-03'</c> includes March, <c>> date'2024-03-05'</c> begins on the sixth. With a time it is that moment.
/// </summary>
/// <param name="First">The period's first moment, on the wall clock.</param>
/// <param name="Next">The first moment after it; of a moment, the moment itself.</param>
/// <param name="Offset">The offset from UTC that was written, or null.</param>
internal readonly partial record struct DateText(DateTime First, DateTime Next, TimeSpan? Offset)
{
    public bool IsPeriod => Next > First;

    /// <summary>The whole day, in UTC, of a time.</summary>
    public static DateText Day(DateTimeOffset time) => new(time.UtcDateTime.Date, time.UtcDateTime.Date.AddDays(1), null);

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
        if (year is < 1 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        var first = new DateTime(year, month, day);
        if (!match.Groups["h"].Success)
        {
            date = new DateText(
                first,
                match.Groups["d"].Success ? first.AddDays(1) : match.Groups["mo"].Success ? first.AddMonths(1) : first.AddYears(1),
                null);
            return true;
        }

        var (hour, minute, second) = (Part("h", 0), Part("mi", 0), Part("s", 0));
        if (hour > 23 || minute > 59 || second > 59) return false;
        var fraction = match.Groups["f"].Success ? double.Parse("0." + match.Groups["f"].Value, CultureInfo.InvariantCulture) : 0;
        var moment = first.AddHours(hour).AddMinutes(minute).AddSeconds(second).AddTicks((long)Math.Round(fraction * 1_000_000) * 10);
        TimeSpan? offset = null;
        if (match.Groups["z"].Success) offset = TimeSpan.Zero;
        if (match.Groups["oh"].Success)
        {
            var (hours, minutes) = (Part("oh", 0), Part("om", 0));
            if (hours > 14 || minutes > 59) return false;
            offset = new TimeSpan(hours, minutes, 0) * (match.Groups["sign"].Value == "-" ? -1 : 1);
        }

        date = new DateText(moment, moment, offset);
        return true;

        int Part(string group, int otherwise) =>
            match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : otherwise;
    }

    [GeneratedRegex(
        """
        ^(?<y>\d{4})(?:[-/](?<mo>\d{1,2})(?:[-/](?<d>\d{1,2}))?|(?<mo>\d{2})(?<d>\d{2}))?
        (?:(?<=[-/]\d{1,2}[-/]\d{1,2})[T\x20](?<h>\d{2})(?::?(?<mi>\d{2})(?::?(?<s>\d{2})(?:[.,](?<f>\d{1,9}))?)?)?
        (?<z>Z)?(?:(?<sign>[+-])(?<oh>\d{2}):?(?<om>\d{2})?)?)?$
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}

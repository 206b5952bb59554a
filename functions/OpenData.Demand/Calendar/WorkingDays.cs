namespace OpenData.Demand.Calendar;

/// <summary>
/// Counts working days: all but Saturdays, Sundays and the holidays that planners list in <c>planning/holidays.csv</c>. Holidays are data
/// and not a rule, because governments decree temporary ones.
/// </summary>
/// <param name="holidays">The days on which offices are closed.</param>
public sealed class WorkingDays(IReadOnlySet<DateOnly> holidays)
{
    /// <summary>A calendar without holidays.</summary>
    public static WorkingDays WeekdaysOnly { get; } = new(new HashSet<DateOnly>());

    /// <summary>Whether offices are open on a day.</summary>
    public bool IsWorkingDay(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !holidays.Contains(day);

    /// <summary>
    /// The last day of a period of working days. The day on which the period begins is not counted (Republic of Korea, Civil Act, article
    /// 157).
    /// </summary>
    /// <param name="from">The day of the event, such as the day on which a request was made.</param>
    /// <param name="days">How many working days, 1 or more.</param>
    public DateOnly After(DateOnly from, int days)
    {
        var day = from;
        while (days > 0)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day)) days--;
        }

        return day;
    }
}

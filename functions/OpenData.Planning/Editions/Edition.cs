using OpenData.Demand.Plans;
using OpenData.Usage;

namespace OpenData.Planning.Editions;

/// <summary>One edition of the report: a period under a name, which is also its folder.</summary>
/// <param name="Name">Its name, such as <c>2026-11-23</c>, <c>2026-Q4</c> or <c>plan-2026-2028</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="First">The first day it covers.</param>
/// <param name="Last">The last day it covers so far.</param>
internal sealed record Edition(string Name, EditionKind Kind, DateOnly First, DateOnly Last)
{
    /// <summary>How many days the daily edition looks back on, its own day included.</summary>
    public const int DailyWindow = 90;

    /// <summary>
    /// The editions that are made when a day is over: the daily one, that of the day's quarter, and that of the plan's period if the day
    /// lies in it. The edition made after a quarter's last day is the quarter's final one.
    /// </summary>
    /// <param name="last">The last whole day.</param>
    /// <param name="plan">The plan, or null if there is none.</param>
    public static IReadOnlyList<Edition> Of(DateOnly last, ReleasePlan? plan)
    {
        var editions = new List<Edition> { new(UsageDays.Name(last), EditionKind.Daily, last.AddDays(1 - DailyWindow), last) };
        if (Quarter.TryParse(Quarter.Of(last), out var first, out _))
        {
            editions.Add(new Edition(Quarter.Of(last), EditionKind.Quarterly, first, last));
        }
        if (plan is not null && last >= plan.FirstDay && last <= plan.LastDay)
        {
            editions.Add(new Edition($"plan-{plan.FirstDay.Year}-{plan.LastDay.Year}", EditionKind.Plan, plan.FirstDay, last));
        }

        return editions;
    }

    /// <summary>
    /// The edition before this one of the same kind, of those that there are; null if there is none, and for the plan's, which is one and
    /// the same.
    /// </summary>
    public string? Before(IEnumerable<string> names) => names
        .Where(name => Kind switch
        {
            EditionKind.Daily => DateOnly.TryParseExact(name, "yyyy-MM-dd", out _),
            EditionKind.Quarterly => Quarter.TryParse(name, out _, out _),
            _ => false,
        })
        .Where(name => string.CompareOrdinal(name, Name) < 0)
        .Max(StringComparer.Ordinal);
}

/// <summary>The kinds of editions.</summary>
internal enum EditionKind
{
    /// <summary>Every day, over the last 90 days.</summary>
    Daily,

    /// <summary>A calendar quarter.</summary>
    Quarterly,

    /// <summary>The plan's whole period.</summary>
    Plan,
}

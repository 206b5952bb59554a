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
    /// The editions that are made on a day: the daily one; that of the quarter, on a quarter's first day also that of the one that has just ended;
    /// and that of the plan's period while it lasts, once more on the day after.
    /// </summary>
    public static IReadOnlyList<Edition> Of(DateOnly today, ReleasePlan? plan)
    {
        var editions = new List<Edition> { new(UsageDays.Name(today), EditionKind.Daily, today.AddDays(1 - DailyWindow), today) };
        foreach (var quarter in new[] { Quarter.Of(today), Quarter.Of(today.AddDays(-1)) }.Distinct())
        {
            if (Quarter.TryParse(quarter, out var first, out var last)) editions.Add(new Edition(quarter, EditionKind.Quarterly, first, Earlier(today, last)));
        }

        if (plan is not null && today >= plan.FirstDay && today <= plan.LastDay.AddDays(1))
        {
            editions.Add(new Edition($"plan-{plan.FirstDay.Year}-{plan.LastDay.Year}", EditionKind.Plan, plan.FirstDay, Earlier(today, plan.LastDay)));
        }

        return editions;
    }

    /// <summary>The edition before this one of the same kind, of those that there are; null if there is none, and for the plan's, which is one and the same.</summary>
    public string? Before(IEnumerable<string> names) => names
        .Where(name => Kind switch
        {
            EditionKind.Daily => DateOnly.TryParseExact(name, "yyyy-MM-dd", out _),
            EditionKind.Quarterly => Quarter.TryParse(name, out _, out _),
            _ => false,
        })
        .Where(name => string.CompareOrdinal(name, Name) < 0)
        .Max(StringComparer.Ordinal);

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
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

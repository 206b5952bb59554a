using System.Globalization;
using OpenData.Usage;

namespace OpenData.Tests.Planning;

/// <summary>Sums over usage events in plain C#, by which the report's figures are computed a second time.</summary>
internal static class UsageSums
{
    public static int Number(string dataset) => int.Parse(dataset.AsSpan(1, 2), CultureInfo.InvariantCulture);

    public static bool IsUse(UsageEvent happened) => happened.Kind is UsageKind.Records or UsageKind.Export or UsageKind.Download;

    public static int Users(IEnumerable<(DateOnly, UsageEvent Event)> events) => events.Select(one => one.Event.Client).Distinct().Count();

    public static double UserDays(IEnumerable<(DateOnly Day, UsageEvent Event)> events) =>
        events.GroupBy(one => one.Day).Sum(day => (double)Users(day));

    // Each day with at least five users; the others count as none.
    public static double VisibleDays(IEnumerable<(DateOnly Day, UsageEvent Event)> events) =>
        events.GroupBy(one => one.Day).Select(day => (double)Users(day)).Where(users => users >= 5).Sum();

    public static double? Summed(IEnumerable<(DateOnly Day, UsageEvent Event)> events)
    {
        var all = events.ToList();
        return VisibleDays(all) > 0 || UserDays(all) == 0 ? VisibleDays(all) : null;
    }

    public static (double Viewers, double Fetched) ViewersWhoFetched(IEnumerable<(DateOnly Day, UsageEvent Event)> events)
    {
        var days = events.GroupBy(one => one.Day).Select(day =>
        {
            var viewers = day.Where(one => one.Event.Kind == UsageKind.Dataset).Select(one => one.Event.Client).ToHashSet();
            var fetched = day
                .Where(one => one.Event.Kind is UsageKind.Export or UsageKind.Download)
                .Select(one => one.Event.Client)
                .Distinct()
                .Count(viewers.Contains);
            return (Viewers: (double)viewers.Count, Fetched: (double)fetched);
        }).Where(day => day.Viewers >= 5 && day.Fetched is 0 or >= 5).ToList();
        return (days.Sum(day => day.Viewers), days.Sum(day => day.Fetched));
    }

    public static double? People(double people) => people is > 0 and < 5 ? null : people;

    public static double Round(double value, int digits) => Math.Round(value, digits, MidpointRounding.AwayFromZero);

    public static object?[] Sums(IEnumerable<(DateOnly Day, UsageEvent Event)> events)
    {
        var all = events.ToList();
        return
        [
            all.Count,
            all.Count(one => one.Event.Kind == UsageKind.Dataset),
            all.Count(one => one.Event.Kind == UsageKind.Records),
            all.Count(one => one.Event.Kind is UsageKind.Export or UsageKind.Download),
            all.Where(one => one.Event.Kind is UsageKind.Records or UsageKind.Export).Sum(one => one.Event.Rows),
            VisibleDays(all),
        ];
    }
}

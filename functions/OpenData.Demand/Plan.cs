using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenData.Demand;

/// <summary>A government's release plan, as its planners drop it in <c>planning/plan.json</c>. Any government describes its own.</summary>
public sealed record Plan
{
    /// <summary>The plan's name.</summary>
    public required BilingualText Name { get; init; }

    /// <summary>Whether it is an example and not a plan in force; the report says so.</summary>
    public bool Example { get; init; }

    /// <summary>The first day of its period.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>The last day of its period.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>Within how many days a data request is to be decided.</summary>
    public int DecisionDeadlineDays { get; init; } = 14;

    /// <summary>The requester groups and what each one weighs in demand. The weights add up to 1.</summary>
    public IReadOnlyList<RequesterGroup> Groups { get; init; } = RequesterGroup.Default;

    /// <summary>What each part weighs in a candidate's priority. The weights add up to 1.</summary>
    public PriorityWeights Priority { get; init; } = new();

    /// <summary>The core areas with the items that the plan promises.</summary>
    public IReadOnlyList<PlanArea> Areas { get; init; } = [];

    /// <summary>What holds where no plan has been dropped: the default groups and weights over one calendar year, and no item.</summary>
    public static Plan None(int year) => new()
    {
        Name = new BilingualText("등록된 계획 없음", "No plan on file"),
        FirstDay = new DateOnly(year, 1, 1),
        LastDay = new DateOnly(year, 12, 31),
    };
}

/// <summary>One group of requesters.</summary>
/// <param name="Id">Its id in surveys and requests, such as <c>small-business</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Weight">What it weighs in demand, 0 to 1.</param>
public sealed record RequesterGroup(string Id, BilingualText Name, double Weight)
{
    /// <summary>The groups that hold where the plan names none, all of the same weight.</summary>
    public static IReadOnlyList<RequesterGroup> Default { get; } =
    [
        new("citizen", new("시민", "Citizens"), 1.0 / 6),
        new("small-business", new("중소기업", "Small business"), 1.0 / 6),
        new("large-business", new("대기업", "Large business"), 1.0 / 6),
        new("academia", new("학계·연구", "Academia"), 1.0 / 6),
        new("civil-society", new("시민사회", "Civil society"), 1.0 / 6),
        new("government", new("정부·공공기관", "Government"), 1.0 / 6),
    ];
}

/// <summary>What each part weighs in a candidate's priority.</summary>
public sealed record PriorityWeights
{
    /// <summary>Demand with representation of the groups.</summary>
    public double Demand { get; init; } = 0.40;

    /// <summary>Searches that found nothing.</summary>
    public double UnmetSearch { get; init; } = 0.20;

    /// <summary>The council's score for value.</summary>
    public double Council { get; init; } = 0.25;

    /// <summary>The council's score for urgency.</summary>
    public double Urgency { get; init; } = 0.15;
}

/// <summary>A core area of the plan.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Items">What it promises.</param>
public sealed record PlanArea(string Id, BilingualText Name, IReadOnlyList<PlanItem> Items);

/// <summary>One thing that the plan promises to release.</summary>
public sealed record PlanItem
{
    /// <summary>Its id, by which surveys, forum and council name it.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required BilingualText Name { get; init; }

    /// <summary>The agency that is to release it: its folder name.</summary>
    public required string Agency { get; init; }

    /// <summary>The quarter in which it is to be released, such as <c>2026-Q2</c>; null for a candidate that is not promised yet.</summary>
    public string? Planned { get; init; }

    /// <summary>The dataset that it becomes, as <c>{dataset}@{agency}</c>; null while that is not known.</summary>
    public string? DatasetId { get; init; }

    /// <summary>Words that people search for when they want it.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];
}

/// <summary>A calendar quarter, written <c>2026-Q2</c>.</summary>
public static partial class Quarter
{
    /// <summary>The quarter's first and last day; false if the text is not a quarter.</summary>
    public static bool TryParse(string? text, out DateOnly first, out DateOnly last)
    {
        first = last = default;
        if (text is null || !Pattern().IsMatch(text)) return false;
        first = new DateOnly(int.Parse(text[..4], CultureInfo.InvariantCulture), (text[6] - '1') * 3 + 1, 1);
        last = first.AddMonths(3).AddDays(-1);
        return true;
    }

    /// <summary>The quarter that a day lies in.</summary>
    public static string Of(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year:d4}-Q{(day.Month + 2) / 3}");

    [GeneratedRegex("^[12][0-9]{3}-Q[1-4]$")]
    private static partial Regex Pattern();
}

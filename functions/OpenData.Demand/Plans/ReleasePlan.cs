namespace OpenData.Demand.Plans;

/// <summary>A government's release plan, as its planners drop it in <c>planning/plan.json</c>. Any government describes its own.</summary>
public sealed record ReleasePlan
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
    public static ReleasePlan None(int year) => new()
    {
        Name = new BilingualText("등록된 계획 없음", "No plan on file"),
        FirstDay = new DateOnly(year, 1, 1),
        LastDay = new DateOnly(year, 12, 31),
    };
}

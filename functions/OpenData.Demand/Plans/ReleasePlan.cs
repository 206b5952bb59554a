using System.Text.Json.Serialization;

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

    /// <summary>
    /// Within how many working days a data request is to be decided. Default 10, as the Republic of Korea's Act on Promotion of the
    /// Provision and Use of Public Data has it.
    /// </summary>
    public int DecisionDeadlineDays { get; init; } = 10;

    /// <summary>How many working days an agency may add, once. Default 10.</summary>
    public int ExtensionDays { get; init; } = 10;

    /// <summary>What a voice of each source weighs in demand.</summary>
    public VoiceWeights Voices { get; init; } = new();

    /// <summary>The surveys that count; null if all that were dropped do.</summary>
    public IReadOnlyList<PlanSurvey>? Surveys { get; init; }

    /// <summary>The first day whose forum meetings count; null for one year before the plan begins.</summary>
    public DateOnly? HeardFrom { get; init; }

    /// <summary>The priority below which nothing is proposed for release, 0 to 1. Default 0.05.</summary>
    public double ProposalThreshold { get; init; } = 0.05;

    /// <summary>How many items are to be released in each year.</summary>
    public IReadOnlyList<PlanTarget> Targets { get; init; } = [];

    /// <summary>Items that serve one purpose together.</summary>
    public IReadOnlyList<PlanPackage> Packages { get; init; } = [];

    /// <summary>The requester groups and what each one weighs in demand. The weights add up to 1.</summary>
    public IReadOnlyList<RequesterGroup> Groups { get; init; } = RequesterGroup.Default;

    /// <summary>What each part weighs in a candidate's priority. The weights add up to 1.</summary>
    public PriorityWeights Priority { get; init; } = new();

    /// <summary>The core areas with the items that the plan promises.</summary>
    public IReadOnlyList<PlanArea> Areas { get; init; } = [];

    /// <summary>All items of all areas.</summary>
    [JsonIgnore]
    public IEnumerable<PlanItem> Items => Areas.SelectMany(area => area.Items);

    /// <summary>What holds where no plan has been dropped: the default groups and weights over one calendar year, and no item.</summary>
    public static ReleasePlan None(int year) => new()
    {
        Name = new BilingualText("등록된 계획 없음", "No plan on file"),
        FirstDay = new DateOnly(year, 1, 1),
        LastDay = new DateOnly(year, 12, 31),
    };
}

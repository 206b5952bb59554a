namespace OpenData.Demand.Plans;

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

    /// <summary>The year in whose cohort it is; null for the year of <see cref="Planned"/>.</summary>
    public int? Cohort { get; init; }

    /// <summary>The law that allows or demands its release; null if planners have not said it.</summary>
    public string? LegalBasis { get; init; }

    /// <summary>What stands against its release, such as personal data; null if planners have not said it.</summary>
    public string? Risks { get; init; }

    /// <summary>Words that people search for when they want it.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];
}

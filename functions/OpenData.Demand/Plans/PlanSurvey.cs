namespace OpenData.Demand.Plans;

/// <summary>A survey that counts for the plan.</summary>
public sealed record PlanSurvey
{
    /// <summary>Its file below <c>surveys/</c> in the planning container, such as <c>2026-business.csv</c>.</summary>
    public required string File { get; init; }

    /// <summary>Its name.</summary>
    public required BilingualText Name { get; init; }

    /// <summary>The first day on which people were asked.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>The last day on which people were asked.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>How many people were asked; null if that is not known.</summary>
    public int? Invited { get; init; }
}

namespace OpenData.Portal.Plans;

/// <summary>The plan and the editions of the planners' report.</summary>
public sealed record PlanModel
{
    /// <summary>The plan's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is an example and not a plan in force.</summary>
    public required bool IsExample { get; init; }

    /// <summary>Its first day.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>Its last day.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>Its areas.</summary>
    public required IReadOnlyList<PlanAreaModel> Areas { get; init; }

    /// <summary>The editions of the report, the latest first.</summary>
    public required IReadOnlyList<string> Editions { get; init; }
}

/// <summary>An area of the plan.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Items">What it promises.</param>
public sealed record PlanAreaModel(string Name, IReadOnlyList<PlanItemModel> Items);

/// <summary>An item of the plan.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Agency">The agency that is to release it.</param>
/// <param name="Planned">The quarter in which it is to be released; null for a candidate.</param>
/// <param name="State"><c>released</c>, <c>late</c>, <c>promised</c> or <c>candidate</c>.</param>
/// <param name="DatasetId">The dataset as which it is published; null while it is not.</param>
public sealed record PlanItemModel(string Name, string Agency, string? Planned, string State, string? DatasetId);

namespace OpenData.Demand.Plans;

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

namespace OpenData.Demand.Plans;

/// <summary>What one voice of each source weighs in demand, 0 to 1. At least one must weigh more than 0.</summary>
public sealed record VoiceWeights
{
    /// <summary>Voices that planners gathered in surveys and at the forum.</summary>
    public double Surveyed { get; init; } = 1;

    /// <summary>Voices of people who signed in to support a request.</summary>
    public double Verified { get; init; }

    /// <summary>Voices without a verified identity. They are shown separately from demand, with their weight.</summary>
    public double Unverified { get; init; }
}

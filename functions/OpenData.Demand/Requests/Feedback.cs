namespace OpenData.Demand.Requests;

/// <summary>What somebody says of a dataset.</summary>
/// <param name="DatasetId">The dataset.</param>
/// <param name="At">When.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Rating">1 to 5, of a rating.</param>
/// <param name="Text">What is wrong, or what was made; up to 2,000 characters.</param>
/// <param name="Url">Where the reuse can be seen.</param>
/// <param name="Moderation">Whether it is shown.</param>
public sealed record Feedback(
    string DatasetId, DateTimeOffset At, FeedbackKind Kind, int? Rating, string? Text, string? Url, Moderation Moderation)
{
    /// <summary>The pseudonym of the day, or of a verified person; null for feedback that was kept before people were told apart.</summary>
    public string? Person { get; init; }

    /// <summary>How the person was verified.</summary>
    public Verification Verification { get; init; }
}

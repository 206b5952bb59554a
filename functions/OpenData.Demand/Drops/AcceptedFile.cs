namespace OpenData.Demand.Drops;

/// <summary>The last good version of a planners' file.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="At">When it was accepted.</param>
internal sealed record AcceptedFile(BinaryData Content, DateTimeOffset At);

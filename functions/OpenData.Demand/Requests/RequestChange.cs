namespace OpenData.Demand.Requests;

/// <summary>One change of a data request.</summary>
/// <param name="At">When.</param>
/// <param name="By">The agency whose key it was made with.</param>
/// <param name="State">The state it changed to, or null if that stayed.</param>
/// <param name="Reason">The reason of a refusal.</param>
/// <param name="DatasetId">The dataset of a release.</param>
/// <param name="Candidate">The plan's item it was matched to.</param>
/// <param name="Moderation">What it changed to, or null if that stayed.</param>
/// <param name="Agency">The agency that a planner addressed it to, or null if that stayed.</param>
/// <param name="Note">The agency's words to the requester.</param>
public sealed record RequestChange(
    DateTimeOffset At,
    string By,
    RequestState? State,
    RefusalReason? Reason,
    string? DatasetId,
    string? Candidate,
    Moderation? Moderation,
    string? Note,
    string? Agency = null);

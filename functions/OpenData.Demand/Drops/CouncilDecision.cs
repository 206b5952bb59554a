namespace OpenData.Demand.Drops;

/// <summary>What the council decided on a candidate.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The row's line in it, from 1; of two decisions on one day the later line holds.</param>
/// <param name="Day">The day of the decision.</param>
/// <param name="Candidate">What it is about.</param>
/// <param name="Decision"><c>selected</c>, <c>deferred</c> or <c>refused</c>.</param>
/// <param name="By">Who decided, such as the council or one of its committees.</param>
/// <param name="Reason">Why; may be empty.</param>
public sealed record CouncilDecision(string File, long Line, DateOnly Day, string Candidate, string Decision, string By, string Reason);

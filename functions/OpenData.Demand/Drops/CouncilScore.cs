namespace OpenData.Demand.Drops;

/// <summary>One council member's scores for one candidate, each 0 to 10.</summary>
/// <param name="Session">The session's file.</param>
/// <param name="Day">The session's day; null if the file does not say it.</param>
/// <param name="Member">The member; never published.</param>
/// <param name="Candidate">What was scored.</param>
/// <param name="Value">What its release is worth to society.</param>
/// <param name="Urgency">How much it matters that it is soon.</param>
/// <param name="Risk">The legal or privacy risk of releasing it.</param>
/// <param name="Readiness">How ready its data and its agency are.</param>
public sealed record CouncilScore(
    string Session, DateOnly? Day, string Member, string Candidate, double Value, double Urgency, double Risk, double Readiness);

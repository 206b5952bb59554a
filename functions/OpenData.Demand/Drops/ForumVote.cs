namespace OpenData.Demand.Drops;

/// <summary>How one group at one meeting of the forum stood to one candidate.</summary>
/// <param name="File">The file.</param>
/// <param name="Day">The meeting's day.</param>
/// <param name="Meeting">What tells meetings of one day apart; empty for the day's only one.</param>
/// <param name="GroupId">The group.</param>
/// <param name="Candidate">What was discussed.</param>
/// <param name="Participants">How many of the group were there.</param>
/// <param name="Supporters">How many of them were for it.</param>
public sealed record ForumVote(
    string File, DateOnly Day, string Meeting, string GroupId, string Candidate, int Participants, int Supporters);

namespace OpenData.Demand.Drops;

/// <summary>One respondent's word on one candidate, from a survey.</summary>
/// <param name="Survey">The survey's file.</param>
/// <param name="Respondent">The respondent's number within the survey; never published.</param>
/// <param name="GroupId">The respondent's group.</param>
/// <param name="Candidate">What is wanted: an item's id, a dataset's id or free words; null for a respondent who wants nothing of what was
/// asked.</param>
public sealed record SurveyAnswer(string Survey, string Respondent, string GroupId, string? Candidate);

/// <summary>How one group at one meeting of the forum stood to one candidate.</summary>
/// <param name="Meeting">The meeting: its file and date.</param>
/// <param name="GroupId">The group.</param>
/// <param name="Candidate">What was discussed.</param>
/// <param name="Participants">How many of the group were there.</param>
/// <param name="Supporters">How many of them were for it.</param>
public sealed record ForumVote(string Meeting, string GroupId, string Candidate, int Participants, int Supporters);

/// <summary>One council member's scores for one candidate, each 0 to 10.</summary>
/// <param name="Session">The session's file.</param>
/// <param name="Member">The member; never published.</param>
/// <param name="Candidate">What was scored.</param>
/// <param name="Value">What its release is worth to society.</param>
/// <param name="Urgency">How much it matters that it is soon.</param>
/// <param name="Risk">The legal or privacy risk of releasing it.</param>
/// <param name="Readiness">How ready its data and its agency are.</param>
public sealed record CouncilScore(
    string Session, string Member, string Candidate, double Value, double Urgency, double Risk, double Readiness);

/// <summary>What was read of one planners' file.</summary>
/// <param name="Path">Its blob name in the planning container.</param>
/// <param name="Rows">Rows taken up.</param>
/// <param name="Problems">What was wrong.</param>
public sealed record PlanningFile(string Path, int Rows, IReadOnlyList<Lake.Problem> Problems);

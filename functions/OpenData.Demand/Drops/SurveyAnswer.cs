namespace OpenData.Demand.Drops;

/// <summary>One respondent's word on one candidate, from a survey.</summary>
/// <param name="Survey">The survey's file.</param>
/// <param name="Respondent">The respondent's number within the survey; never published.</param>
/// <param name="GroupId">The respondent's group.</param>
/// <param name="Candidate">What is wanted: an item's id, a dataset's id or free words; null for a respondent who wants nothing of what was
/// asked.</param>
public sealed record SurveyAnswer(string Survey, string Respondent, string GroupId, string? Candidate);

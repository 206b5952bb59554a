namespace OpenData.Demand.Requests;

/// <summary>One support of a request.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="Day">The local day on which it was given.</param>
/// <param name="Person">The pseudonym of the day, or of a verified person.</param>
/// <param name="Group">The group that the person says it belongs to.</param>
/// <param name="Verification">How the person was verified.</param>
public sealed record Support(string RequestId, DateOnly Day, string Person, string Group, Verification Verification);

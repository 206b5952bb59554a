namespace OpenData.Demand.Requests;

/// <summary>One support of a request.</summary>
public sealed record Support(string RequestId, DateOnly Day, string Client, string Group);

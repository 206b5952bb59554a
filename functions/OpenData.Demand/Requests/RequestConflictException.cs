namespace OpenData.Demand.Requests;

/// <summary>A change that a data request cannot take in the state it is in. The message says why and may be shown to the caller.</summary>
/// <param name="message">Why the change cannot follow.</param>
public sealed class RequestConflictException(string message) : Exception(message);

namespace OpenData.Portal.Errors;

/// <summary>A request that cannot be answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Message">What was wrong, and what to do about it.</param>
public sealed record ErrorModel(int Status, string Message);

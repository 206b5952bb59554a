namespace OpenData.Demand.Requests;

/// <summary>Who supports or asks, as far as the identity was verified.</summary>
/// <param name="Caller">
/// Of an unverified voice, what tells callers apart: a network address, never what a program says of itself. It is stored as a pseudonym of
/// the day only. Of a verified one, the opaque and stable id that the sign-in gives a person; never a name or an address.
/// </param>
/// <param name="Verification">How the voice was verified.</param>
public readonly record struct Voice(string Caller, Verification Verification = Verification.Unverified);

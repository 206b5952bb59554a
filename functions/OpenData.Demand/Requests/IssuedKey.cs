namespace OpenData.Demand.Requests;

/// <summary>What is known of a key that was issued; the key itself is known to its holder only.</summary>
/// <param name="Agency">Whose it is.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="Mark">The first digits of its hash, to tell it from others.</param>
public sealed record IssuedKey(string Agency, DateTimeOffset IssuedAt, string Mark)
{
    internal const int MarkLength = 8;
}

namespace OpenData.Planning.Names;

/// <summary>What a name that people wrote was taken for.</summary>
/// <param name="CandidateId">The candidate; <c>words:…</c> where it is none that is known.</param>
/// <param name="How">By what it was found: <c>confirmed</c>, <c>id</c>, <c>title</c>, <c>keyword</c>, or <c>none</c>.</param>
/// <param name="Near">Names that are spelled alike, the most alike first; empty where the name was found.</param>
internal sealed record NameMatch(string CandidateId, string How, IReadOnlyList<string> Near)
{
    /// <summary>Whether it is a candidate that is known.</summary>
    public bool IsKnown => How != "none";
}

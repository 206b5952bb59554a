namespace OpenData.Query.Compilation;

/// <summary>What a question touched, for those who plan what to publish: names and searched words, never a filter's values.</summary>
/// <param name="Fields">The fields selected or grouped by; null for all.</param>
/// <param name="Filters">The fields filtered by.</param>
/// <param name="Search">The free text searched for, or null.</param>
public sealed record Footprint(IReadOnlyList<string>? Fields, IReadOnlyList<string> Filters, string? Search);

namespace OpenData.Query.Plan;

/// <summary>What a question touched, for those who plan what to publish: names and searched words, never a filter's values.</summary>
/// <param name="Fields">The fields selected or grouped by; null for all.</param>
/// <param name="Filters">The fields filtered by.</param>
/// <param name="Search">The free text searched for, or null.</param>
public sealed record Footprint(IReadOnlyList<string>? Fields, IReadOnlyList<string> Filters, string? Search);

/// <summary>Collects a footprint while a question is planned.</summary>
internal sealed class FootprintBuilder
{
    private readonly SortedSet<string> _fields = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _filters = new(StringComparer.Ordinal);
    private readonly List<string> _searches = [];

    public void Field(string clause, string name)
    {
        if (clause is "where" or "refine" or "exclude") _filters.Add(name);
        else if (clause is "select" or "group_by") _fields.Add(name);
    }

    public void Search(string text) => _searches.Add(text);

    public Footprint Build(bool all) => new(all ? null : [.. _fields], [.. _filters], _searches.Count == 0 ? null : string.Join(' ', _searches));
}

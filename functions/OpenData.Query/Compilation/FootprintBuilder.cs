namespace OpenData.Query.Compilation;

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

    public Footprint Build(bool all) =>
        new(all ? null : [.. _fields], [.. _filters], _searches.Count == 0 ? null : string.Join(' ', _searches));
}

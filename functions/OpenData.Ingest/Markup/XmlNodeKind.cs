namespace OpenData.Ingest.Markup;

/// <summary>What all elements at one path of a document have in common.</summary>
/// <param name="name">Their name as it is written, with its prefix.</param>
/// <param name="parent">The elements that hold them; null for the root.</param>
internal sealed class XmlNodeKind(string name, XmlNodeKind? parent)
{
    private readonly Dictionary<string, XmlNodeKind> _byName = new(StringComparer.Ordinal);
    private long _ofThisParent;

    /// <summary>The name with its prefix.</summary>
    public string Name => name;

    /// <summary>The name without its prefix.</summary>
    public string LocalName { get; } = name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>The elements that hold them.</summary>
    public XmlNodeKind? Parent => parent;

    /// <summary>What they hold, in the order in which it was met.</summary>
    public List<XmlNodeKind> Children { get; } = [];

    /// <summary>The names of their attributes, in the order in which they were met; without those of namespaces.</summary>
    public List<string> Attributes { get; } = [];

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>The most in one parent.</summary>
    public long MostInParent { get; private set; }

    /// <summary>The most elements that one of them holds.</summary>
    public long MostChildren { get; set; }

    /// <summary>The first text in one of them that holds no elements, cut to some hundred characters.</summary>
    public string? Text { get; set; }

    /// <summary>Whether one of them holds text of its own.</summary>
    public bool HasText { get; set; }

    /// <summary>The names that lead to them from the root, which is one of them.</summary>
    public IReadOnlyList<string> Path => parent is null ? [LocalName] : [.. parent.Path, LocalName];

    /// <summary>The path as text: <c>response.body.items.item</c>.</summary>
    public string PathText => string.Join('.', Path);

    /// <summary>The kind of the elements of this name that they hold.</summary>
    /// <param name="childName">The name, with its prefix.</param>
    /// <param name="isNew">Whether it was not known before.</param>
    public XmlNodeKind Child(string childName, out bool isNew)
    {
        isNew = !_byName.TryGetValue(childName, out var child);
        if (child is not null) return child;
        _byName[childName] = child = new XmlNodeKind(childName, this);
        Children.Add(child);
        return child;
    }

    /// <summary>Counts one more of them.</summary>
    public void Begin()
    {
        Count++;
        MostInParent = Math.Max(MostInParent, ++_ofThisParent);
        foreach (var child in Children) child._ofThisParent = 0;
    }
}

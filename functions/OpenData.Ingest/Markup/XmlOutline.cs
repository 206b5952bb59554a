using System.Xml;
using OpenData.Ingest.Records;
using OpenData.Ingest.Services;

namespace OpenData.Ingest.Markup;

/// <summary>The paths of an XML document, and which of them are its records.</summary>
internal sealed class XmlOutline
{
    /// <summary>More different paths than any table of records has.</summary>
    private const int MostPaths = 20_000, MostDepth = 64, LongestText = 500;

    private readonly XmlNodeKind _root;

    private XmlOutline(XmlNodeKind root) => _root = root;

    /// <summary>The namespace of the root, which tells some formats.</summary>
    public required string RootNamespace { get; init; }

    /// <summary>The root's name without a prefix.</summary>
    public string RootName => _root.LocalName;

    /// <summary>Reads a document to its end.</summary>
    /// <exception cref="XmlException">It is not XML.</exception>
    /// <exception cref="UnreadableSourceException">It has too many paths.</exception>
    public static XmlOutline Read(XmlReader xml)
    {
        XmlNodeKind? root = null;
        var rootNamespace = "";
        var open = new Stack<(XmlNodeKind Kind, long Children)>();
        var paths = 0;
        while (xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    if (open.Count >= MostDepth) throw XmlProblems.NoRecords(root!.LocalName);
                    XmlNodeKind kind;
                    if (open.TryPop(out var parent))
                    {
                        kind = parent.Kind.Child(xml.Name, out var isNew);
                        if (isNew && ++paths > MostPaths) throw XmlProblems.NoRecords(root!.LocalName);
                        open.Push((parent.Kind, parent.Children + 1));
                    }
                    else
                    {
                        kind = root = new XmlNodeKind(xml.Name, parent: null);
                        rootNamespace = xml.NamespaceURI;
                    }

                    kind.Begin();
                    NoteAttributes(xml, kind);
                    if (!xml.IsEmptyElement) open.Push((kind, 0));
                    break;
                case XmlNodeType.EndElement:
                    var (ended, children) = open.Pop();
                    ended.MostChildren = Math.Max(ended.MostChildren, children);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA when open.TryPeek(out var holder):
                    holder.Kind.HasText = true;
                    holder.Kind.Text ??= xml.Value.Length > LongestText ? xml.Value[..LongestText] : xml.Value;
                    break;
            }
        }

        return new XmlOutline(root ?? throw new XmlException("it holds no element")) { RootNamespace = rootNamespace };
    }

    /// <summary>The records.</summary>
    /// <param name="declared">The path that the agency declares, from the root or from one of its children on; or null.</param>
    /// <exception cref="UnreadableSourceException">There are none, there are several kinds, or it is a service's answer without
    /// rows.</exception>
    public XmlNodeKind Records(string? declared)
    {
        if (declared is not null) return At(declared) ?? throw XmlProblems.PathNotFound(declared, RootName);
        if (RootNamespace.Contains("/kml/", StringComparison.Ordinal)
            && All(_root).FirstOrDefault(kind => kind.LocalName == "Placemark") is { } placemark)
        {
            return placemark;
        }

        var repeated = Repeated(_root).ToList();
        if (repeated.Exists(kind => kind.Children.Count > 0)) repeated = [.. repeated.Where(kind => kind.Children.Count > 0)];
        else if (repeated.Exists(kind => kind.Attributes.Count > 1)) repeated = [.. repeated.Where(kind => kind.Attributes.Count > 1)];
        if (repeated.Count > 1) throw XmlProblems.SeveralTables(repeated.Select(kind => kind.PathText));
        if (repeated.Count == 1) return Unwrapped(repeated[0]);
        return Only(Fields());
    }

    /// <summary>One record where there usually are many, or the document itself if it is one.</summary>
    private XmlNodeKind Only(List<AnswerField> fields)
    {
        var holders = All(_root)
            .Where(
                kind => kind.Children.Exists(child => IsLeaf(child) && !ServiceAnswer.IsWord(child.LocalName))
                    || kind.Attributes.Exists(name => !ServiceAnswer.IsWord(name)))
            .ToList();
        if (ServiceAnswer.IsAnswer(fields) && holders.Count == 0) throw ServiceAnswer.WithoutRows(fields);
        if (holders.Count == 0 || !All(_root).Any(kind => IsLeaf(kind) && kind.Parent is not null)) throw XmlProblems.NoRecords(RootName);
        // In an answer, what stands beside the code and the message is the record; elsewhere the outermost element with values is.
        return ServiceAnswer.IsAnswer(fields) ? holders.MaxBy(kind => kind.Children.Count(IsLeaf))! : holders[0];
    }

    private List<AnswerField> Fields() =>
        [.. All(_root)
            .Where(kind => kind.Text is not null && kind.Children.Count == 0)
            .Take(200)
            .Select(kind => new AnswerField(kind.Path, kind.Text!))];

    private static bool IsLeaf(XmlNodeKind kind) => kind.Children.Count == 0;

    /// <summary>The outermost kinds of which a parent holds several.</summary>
    private static IEnumerable<XmlNodeKind> Repeated(XmlNodeKind kind) =>
        kind.MostInParent > 1 ? [kind] : kind.Children.SelectMany(Repeated);

    /// <summary>Goes through elements that hold nothing but one other element, as the members of a feature collection do.</summary>
    private static XmlNodeKind Unwrapped(XmlNodeKind kind)
    {
        while (kind is { HasText: false, MostChildren: 1, Children: [{ Children.Count: > 0 } only] } && only.Count == kind.Count)
        {
            kind = only;
        }

        return kind;
    }

    private XmlNodeKind? At(string declared)
    {
        var path = declared.TrimStart('$', '.', '/').Split('.', '/');
        return All(_root).FirstOrDefault(kind => kind.Path.SequenceEqual(path) || kind.Path.Skip(1).SequenceEqual(path));
    }

    private static IEnumerable<XmlNodeKind> All(XmlNodeKind kind) => kind.Children.SelectMany(All).Prepend(kind);

    private static void NoteAttributes(XmlReader xml, XmlNodeKind kind)
    {
        for (var more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
        {
            if (!IsValue(xml) || kind.Attributes.Contains(xml.LocalName)) continue;
            if (kind.Attributes.Count == TableLimits.Columns) throw TableLimits.TooManyColumns(TableLimits.Columns + 1, line: null);
            kind.Attributes.Add(xml.LocalName);
        }

        xml.MoveToElement();
    }

    /// <summary>Whether the attribute on which a reader stands holds a value, and does not name a namespace or a schema.</summary>
    public static bool IsValue(XmlReader xml) =>
        xml.Prefix != "xmlns" && xml.Name != "xmlns"
            && xml.NamespaceURI is not ("http://www.w3.org/2001/XMLSchema-instance" or "http://www.w3.org/XML/1998/namespace");
}

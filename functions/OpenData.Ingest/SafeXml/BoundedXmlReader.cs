using System.Xml;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.SafeXml;

/// <summary>
/// Reads XML whose texts, depth, names and attributes are bounded, without a DTD and without anything from outside the file. Comments and
/// processing instructions are passed over.
/// </summary>
internal sealed class BoundedXmlReader : XmlReader, IXmlLineInfo
{
    private readonly XmlReader _inner;

    private BoundedXmlReader(XmlReader inner) => _inner = inner;

    /// <inheritdoc/>
    public override int AttributeCount => _inner.AttributeCount;

    /// <inheritdoc/>
    public override string BaseURI => _inner.BaseURI;

    /// <inheritdoc/>
    public override int Depth => _inner.Depth;

    /// <inheritdoc/>
    public override bool EOF => _inner.EOF;

    /// <inheritdoc/>
    public override bool IsEmptyElement => _inner.IsEmptyElement;

    /// <inheritdoc/>
    public override string LocalName => _inner.LocalName;

    /// <inheritdoc/>
    public override string Name => _inner.Name;

    /// <inheritdoc/>
    public override XmlNameTable NameTable => _inner.NameTable;

    /// <inheritdoc/>
    public override string NamespaceURI => _inner.NamespaceURI;

    /// <inheritdoc/>
    public override XmlNodeType NodeType => _inner.NodeType;

    /// <inheritdoc/>
    public override string Prefix => _inner.Prefix;

    /// <inheritdoc/>
    public override ReadState ReadState => _inner.ReadState;

    /// <inheritdoc/>
    public override string Value => _inner.Value;

    /// <inheritdoc/>
    public int LineNumber => (_inner as IXmlLineInfo)?.LineNumber ?? 0;

    /// <inheritdoc/>
    public int LinePosition => (_inner as IXmlLineInfo)?.LinePosition ?? 0;

    /// <summary>Opens a document in the encoding that it names itself.</summary>
    /// <param name="document">The document; disposed with the reader.</param>
    public static XmlReader Open(Stream document) => new BoundedXmlReader(Create(new XmlGuardStream(document), Bounded()));

    /// <summary>Opens a document of a known encoding.</summary>
    /// <param name="document">The document; disposed with the reader.</param>
    /// <param name="encoding">Its encoding.</param>
    public static XmlReader Open(Stream document, System.Text.Encoding encoding) =>
        new BoundedXmlReader(Create(new StreamReader(new XmlGuardStream(document), encoding), Bounded()));

    /// <inheritdoc/>
    /// <exception cref="UnreadableSourceException">Elements are nested too deep, or one has too many attributes.</exception>
    public override bool Read()
    {
        if (!_inner.Read()) return false;
        if (_inner.Depth > XmlLimits.Depth) throw XmlLimits.TooDeep();
        return _inner.AttributeCount <= XmlLimits.Attributes ? true : throw XmlLimits.TooManyAttributes();
    }

    /// <inheritdoc/>
    public override string? GetAttribute(string name) => _inner.GetAttribute(name);

    /// <inheritdoc/>
    public override string? GetAttribute(string name, string? namespaceURI) => _inner.GetAttribute(name, namespaceURI);

    /// <inheritdoc/>
    public override string GetAttribute(int i) => _inner.GetAttribute(i);

    /// <inheritdoc/>
    public bool HasLineInfo() => (_inner as IXmlLineInfo)?.HasLineInfo() ?? false;

    /// <inheritdoc/>
    public override string? LookupNamespace(string prefix) => _inner.LookupNamespace(prefix);

    /// <inheritdoc/>
    public override bool MoveToAttribute(string name) => _inner.MoveToAttribute(name);

    /// <inheritdoc/>
    public override bool MoveToAttribute(string name, string? ns) => _inner.MoveToAttribute(name, ns);

    /// <inheritdoc/>
    public override bool MoveToElement() => _inner.MoveToElement();

    /// <inheritdoc/>
    public override bool MoveToFirstAttribute() => _inner.MoveToFirstAttribute();

    /// <inheritdoc/>
    public override bool MoveToNextAttribute() => _inner.MoveToNextAttribute();

    /// <inheritdoc/>
    public override bool ReadAttributeValue() => _inner.ReadAttributeValue();

    /// <inheritdoc/>
    public override void ResolveEntity() => _inner.ResolveEntity();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _inner.Dispose();
        base.Dispose(disposing);
    }

    // The names are one document's own.
    private static XmlReaderSettings Bounded() => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = false,
        CloseInput = true,
        NameTable = new BoundedNames(),
    };
}

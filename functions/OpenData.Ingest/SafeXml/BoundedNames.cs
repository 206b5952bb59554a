using System.Xml;

namespace OpenData.Ingest.SafeXml;

/// <summary>
/// The names of an XML document. A reader keeps each for ever, so that a document of nothing but new names would fill memory.
/// </summary>
internal sealed class BoundedNames : NameTable
{
    private int _count;

    /// <inheritdoc/>
    public override string Add(string key) => Get(key) ?? New(base.Add(key));

    /// <inheritdoc/>
    public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? New(base.Add(key, start, len));

    private string New(string name) => ++_count <= XmlLimits.Names ? name : throw XmlLimits.TooManyNames();
}
